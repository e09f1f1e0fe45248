/// Tells poison from a broken schema: a few dead letters are the former, most of the latest records the latter.
///
/// A producer that renames a field makes every application unreadable. Dead-lettering all of them would be right record by
/// record and wrong as a whole, so the worker stops reading and says so.
struct DeadLetterWatch: Sendable, Equatable {
  private struct Batch: Sendable, Equatable {
    var records: Int
    var deadLetters: Int
  }

  private let share: Double
  private let window: Int
  private var batches: [Batch] = []
  /// Records and dead letters of the latest batches: the fewest that make up a window.
  private(set) var records = 0
  private(set) var deadLetters = 0
  /// Whether more than the share were dead letters; stays so until ``reset()``.
  private(set) var isTripped = false

  init(share: Double, window: Int) {
    self.share = share
    self.window = max(1, window)
  }

  /// Learns from a committed batch.
  ///
  /// - Parameters:
  ///   - count: How many records it answered.
  ///   - letters: How many of the answers were dead letters.
  mutating func learn(_ count: Int, deadLetters letters: Int) {
    batches.append(Batch(records: count, deadLetters: letters))
    records += count
    deadLetters += letters
    while let oldest = batches.first, records - oldest.records >= window {
      batches.removeFirst()
      records -= oldest.records
      deadLetters -= oldest.deadLetters
    }
    if records >= window, Double(deadLetters) > share * Double(records) { isTripped = true }
  }

  /// Starts anew.
  mutating func reset() { self = DeadLetterWatch(share: share, window: window) }
}
