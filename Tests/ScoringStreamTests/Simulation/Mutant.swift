@testable import ScoringStream

/// Deliberate bugs: a simulation that does not find every one of them proves nothing.
///
/// Each changes what a worker does about the loop's effects, or what the loop hears, in the way in which a real program gets
/// it wrong.
enum Mutant: String, CaseIterable {
  /// After an abort reading goes on where it was.
  case forgetsToRewind
  /// The group is not asked whether this member may still commit.
  case forgetsTheGeneration
  /// The condemned record's offset moves, but its dead letter is not written.
  case forgetsTheDeadLetter
  /// Answers are committed without the offsets.
  case forgetsTheOffsets
  /// A commit whose reply was lost counts as done.
  case believesALostCommit
  /// A commit whose reply was lost is aborted, and the same producer goes on.
  case abortsALostCommit
  /// The offset sent is that of the last record, not the next one.
  case sendsTheLastOffset
  /// The offset sent is one too far.
  case sendsAnOffsetTooFar
  /// Of several partitions touched one is left out.
  case missesAPartition
  /// A retriable failure counts as success.
  case believesRetriable
  /// A new producer goes on with the old epoch.
  case keepsTheEpoch
  /// After a repeated call the same producer goes on, stragglers or not.
  case goesOnWithTheSameProducer
  /// Committed offsets are read while a transaction on them is open.
  case readsUnstableOffsets
  /// Partitions are kept when the group takes them back.
  case ignoresRevocation
  /// A fenced client makes itself a new producer, and fences its successor.
  case fightsBack
  /// The count of attempts is not committed.
  case forgetsAttempts
  /// Every abort counts against the record that happens to stand alone.
  case blamesEverything
  /// The first record of an aborted batch is condemned, guilty or not.
  case condemnsTheFirst
  /// The model in force is not committed with the offset.
  case forgetsTheModel
  /// A record that came twice is answered twice.
  case answersDroppedRecords
  /// The records of an aborted batch are answered with the next one.
  case keepsAbortedRecords
  /// Answers are visible before their transaction commits.
  case producesOutsideTheTransaction
  /// Offsets are committed when records are read.
  case commitsWhenReading
  /// What an aborted batch counted is not forgotten.
  case keepsAbortedCounts
  /// Counts are visible before their transaction commits.
  case reportsOutsideTheTransaction
  /// Counts cover the offsets of the records, not those passed over.
  case reportsFromTheFirstRecord
  /// The counts of a batch of several partitions are reported for one of them.
  case reportsOnePartition
  /// A dead letter is counted as a decision.
  case countsDeadLettersAsDecisions

  /// What the loop hears of a transactional call.
  func distort(_ answer: LoopInput) -> LoopInput {
    guard case .failed(var failure) = answer else { return answer }
    switch (self, failure.kind) {
    case (.believesALostCommit, .indefinite), (.believesRetriable, .retriable): return .succeeded
    case (.abortsALostCommit, .indefinite): failure.kind = .requiresAbort
    case (.fightsBack, .fenced): failure.kind = .fatal
    case (.blamesEverything, .requiresAbort): failure.blamesRecord = true
    default: break
    }
    return .failed(failure)
  }

  /// What is sent to the group.
  func distort(_ offsets: [Int32: OffsetToCommit]) -> [Int32: OffsetToCommit] {
    var offsets = offsets
    switch self {
    case .sendsTheLastOffset: for key in offsets.keys { offsets[key]?.offset -= 1 }
    case .sendsAnOffsetTooFar: for key in offsets.keys { offsets[key]?.offset += 1 }
    case .missesAPartition: if offsets.count > 1, let first = offsets.keys.min() { offsets[first] = nil }
    case .forgetsAttempts:
      for key in offsets.keys { change(&offsets, key) { $0.attempts = 0 } }
    case .condemnsTheFirst:
      for key in offsets.keys { change(&offsets, key) { if $0.limit > 0 { $0.attempts = 3 } } }
    case .forgetsTheModel:
      for key in offsets.keys { change(&offsets, key) { $0.model = nil } }
    default: break
    }
    return offsets
  }

  private func change(
    _ offsets: inout [Int32: OffsetToCommit],
    _ key: Int32,
    _ body: (inout OffsetNote) -> Void
  ) {
    var note = OffsetNote(text: offsets[key]?.metadata ?? "")
    body(&note)
    offsets[key]?.metadata = note.text
  }
}
