/// What the loop knows about one partition it owns.
struct PartitionState: Sendable, Equatable {
  /// The committed offset, as read from the group or confirmed by our own commit; nil when there is none.
  var base: Int64?
  /// The next offset to accept; nil until the first record when nothing was ever committed.
  var next: Int64?
  /// What was committed with ``base``.
  var note = OffsetNote()
  /// The greatest timestamp decided so far.
  var latestTimestamp: Int64?
  /// The end of the partition when its position was first read.
  var end: Int64?
  /// Whether a poll found the partition's end at or after ``end``.
  var reachedEnd = false

  /// Whether everything up to ``end`` was read.
  var isCaughtUp: Bool {
    guard let end else { return false }
    return reachedEnd || (next ?? -1) >= end
  }

  /// Takes what the group says.
  ///
  /// Our own confirmed commit counts where the group knows less: a commit that was confirmed has happened.
  ///
  /// - Parameter position: The group's committed offset, its text and the partition's end.
  mutating func adopt(_ position: CommittedPosition) {
    if let offset = position.offset, offset >= base ?? .min {
      base = offset
      note = OffsetNote(text: position.metadata)
    }
    next = base
    if end == nil { end = position.end }
  }
}
