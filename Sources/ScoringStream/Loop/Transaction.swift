/// A transaction from begin to its end.
struct Transaction: Sendable, Equatable {
  /// The call that comes next, or is under way.
  enum Stage: Sendable, Equatable {
    case begin
    case answer
    case sendOffsets
    case commit
    case abort
    case flush
    case commitOffsets
  }

  var stage: Stage
  /// How to answer the batch; nil: the transaction only writes notes beside offsets that do not move.
  var plan: BatchPlan?
  /// The offsets and notes that the transaction commits.
  var offsets: [Int32: OffsetToCommit]
  /// The notes of ``offsets``, before they became text.
  var notes: [Int32: OffsetNote]
  /// Whether a call was made again that may have reached a broker before.
  ///
  /// A straggler of the first try could then hit the producer's next transaction, unless that has a new epoch.
  var mayHaveStragglers = false
  /// How many of its answers are dead letters.
  var deadLetters = 0
  /// Why it is being aborted.
  var failure: CallFailure?

  init(plan: BatchPlan?, notes: [Int32: (offset: Int64, note: OffsetNote)], delivery: LoopLimits.Delivery) {
    self.plan = plan
    offsets = notes.mapValues { OffsetToCommit(offset: $0.offset, metadata: $0.note.text) }
    self.notes = notes.mapValues(\.note)
    switch delivery {
    case .exactlyOnce: stage = .begin
    case .atLeastOnce: stage = plan == nil ? .commitOffsets : .answer
    }
  }

  /// The call of the present stage.
  var call: LoopEffect {
    switch stage {
    case .begin: .begin
    case .answer: plan.map { .answer($0) } ?? .sendOffsets(offsets)
    case .sendOffsets: .sendOffsets(offsets)
    case .commit: .commit
    case .abort: .abort
    case .flush: .flush
    case .commitOffsets: .commitOffsets(offsets)
    }
  }

  /// Notes that the call of the present stage is made again.
  mutating func noteRepetition() {
    switch stage {
    case .sendOffsets, .commit, .abort: mayHaveStragglers = true
    // Beginning asks no broker, and what is produced twice is recognised by its sequence number.
    case .begin, .answer, .flush, .commitOffsets: break
    }
  }

  /// Goes on after the call of the present stage succeeded.
  ///
  /// - Parameter delivery: What a commit covers.
  /// - Returns: Whether there is a next stage; false when the transaction has ended.
  mutating func advance(delivery: LoopLimits.Delivery) -> Bool {
    switch stage {
    case .begin: stage = plan == nil ? .sendOffsets : .answer
    case .answer: stage = delivery == .exactlyOnce ? .sendOffsets : .flush
    case .sendOffsets: stage = .commit
    case .flush: stage = .commitOffsets
    case .commit, .abort, .commitOffsets: return false
    }
    return true
  }
}
