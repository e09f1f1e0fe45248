/// What a worker must not forget about a partition when it crashes or loses it: the text committed with the offset.
///
/// `creditstream/1 model=17 attempts=2 limit=1 until=4711`: the partition decides with the model announced as 17; somewhere
/// below offset 4711 stands a record that aborts its transaction, so at most `limit` records are taken at once, and the record
/// at the committed offset was tried alone twice already.
public struct OffsetNote: Sendable, Equatable {
  /// The model in force, as ``ModelActivation/sequence``; nil before the first.
  public var model: Int64?
  /// How often the record at the offset aborted a transaction that held it alone.
  public var attempts: Int
  /// How many records a batch may hold while ``until`` is not reached; 0: no limit.
  public var limit: Int
  /// The offset at which the suspicion ends.
  public var until: Int64

  /// Describes what is known about a partition.
  ///
  /// - Parameters:
  ///   - model: The model in force.
  ///   - attempts: Failed attempts of the record at the offset.
  ///   - limit: The largest batch allowed below `until`; 0: no limit.
  ///   - until: The offset at which the suspicion ends.
  public init(model: Int64? = nil, attempts: Int = 0, limit: Int = 0, until: Int64 = 0) {
    self.model = model
    self.attempts = attempts
    self.limit = limit
    self.until = until
  }

  /// Reads a note; text that is not one of ours counts as empty, so that offsets set by other tools are taken as they are.
  ///
  /// - Parameter text: A committed offset's metadata.
  public init(text: String) {
    self.init()
    var words = text.split(separator: " ")
    guard words.first == "creditstream/1" else { return }
    words.removeFirst()
    for word in words {
      let parts = word.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let number = Int64(parts[1]), number >= 0 else { continue }
      switch parts[0] {
      case "model": model = number
      case "attempts": attempts = Int(clamping: number)
      case "limit": limit = Int(clamping: number)
      case "until": until = number
      default: continue
      }
    }
  }

  /// The note as text; empty when there is nothing to remember.
  public var text: String {
    guard self != OffsetNote() else { return "" }
    var text = "creditstream/1"
    if let model { text += " model=\(model)" }
    if attempts > 0 { text += " attempts=\(attempts)" }
    if limit > 0 { text += " limit=\(limit) until=\(until)" }
    return text
  }

  /// Forgets the suspicion, keeps the model.
  mutating func clearSuspicion() {
    attempts = 0
    limit = 0
    until = 0
  }

  /// The note after everything before `offset` was committed.
  ///
  /// - Parameter offset: The next offset to read.
  /// - Returns: The note to commit with it.
  func advanced(to offset: Int64) -> OffsetNote {
    var note = self
    note.attempts = 0
    if offset >= until { note.clearSuspicion() }
    return note
  }
}
