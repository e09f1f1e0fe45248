/// The scoring loop as a pure state machine: inputs in, effects out; no I/O, no clock, no chance.
///
/// Records are collected into a batch; a batch becomes one transaction: begin, answer every record, send the offsets, commit.
/// Whatever fails, ``Disposition`` says what to do, and the way back is always the same one: read the committed offsets,
/// fetch from exactly there. So nothing that the loop remembers has to be right for the answers to be right.
///
/// A driver feeds it. In production that is ``ScoringWorker`` with two Kafka clients behind it; in tests an array of records,
/// or a model of Kafka that crashes, delays and forgets.
///
/// Each step returns the notes and the one call to do next; see ``LoopEffect/isCall``.
public struct ScoringLoop: Sendable {
  /// Where the loop stands towards the group.
  enum Rebalance: Sendable, Equatable {
    case accepting([Int32])
    case releasing([Int32], lost: Bool, by: Int64)
  }

  let limits: LoopLimits
  var now: Int64 = 0
  var timeline = ModelTimeline()
  var sizing: BatchSizing

  /// Whether there is a producer that can begin a transaction.
  var producerIsReady = false
  var partitions: [Int32: PartitionState] = [:]
  /// Whether the consumer fetches from where ``partitions`` says.
  var isPositioned = false
  /// Whether the group's committed offsets were read since the last time something failed.
  var positionsAreRead = false
  /// Whether records arrive at all, from the right offsets or not.
  var isFetching = false
  var isPaused = false
  /// Whether the group has answered this member at all, perhaps with no partitions.
  var hasJoined = false
  var membershipIsSettled = false
  var rebalance: Rebalance?

  var batch: [RecordPosition] = []
  var batchOpened: Int64 = 0
  var batchLimit = 0
  var batchBytes = 0
  /// Whether the last poll brought nothing, and whether any did since the batch was opened.
  var isDrained = false
  var batchWaited = false
  var transaction: Transaction?
  var transactionOpened: Int64 = 0
  /// An aborted batch that holds a guilty record, until the committed offsets say that it was not committed after all.
  var suspects: [RecordPosition] = []
  /// Notes to commit beside offsets that do not move, before the aborted batch is tried again.
  var pendingNotes: [Int32: (offset: Int64, note: OffsetNote)] = [:]
  var deadLetterWatch: DeadLetterWatch

  var stopBy: Int64?
  var exit: ExitCode?
  var hasCaughtUp = false
  private var isAwaitingModel = false
  private var isSuspended = false

  var outstanding: LoopEffect?
  var repeats = 0
  var interruptedPoll: LoopEffect?
  var consecutiveFailures = 0
  var retryAt: Int64 = .min

  /// A loop that has not begun.
  ///
  /// - Parameter limits: Times and sizes that bound it.
  public init(_ limits: LoopLimits = LoopLimits()) {
    self.limits = limits
    sizing = BatchSizing(minimum: limits.minimumBatch, maximum: limits.maximumBatch)
    deadLetterWatch = DeadLetterWatch(share: limits.deadLetterShare, window: limits.deadLetterWindow)
  }

  /// Takes what happened and says what to do next.
  ///
  /// - Parameters:
  ///   - input: What happened. An answer is only accepted while a call is outstanding.
  ///   - now: Milliseconds on a clock that never runs backwards; its zero does not matter.
  /// - Returns: Effects in order; only the last may be a call. Empty while the outstanding call goes on.
  public mutating func step(_ input: LoopInput, at now: Int64) -> [LoopEffect] {
    self.now = max(self.now, now)
    switch input {
    case .start: return proceed()
    case .announced(let activation):
      timeline.add(activation)
      deadLetterWatch.reset()
    case .announcementsRead(let sequence): timeline.read(through: sequence)
    case .membershipSettled: membershipIsSettled = true
    case .shutdown: if stopBy == nil { stopBy = self.now + limits.drainBudget }
    case .assigned(let partitions): return interrupt(with: .accepting(partitions))
    case .revoked(let partitions):
      return interrupt(with: .releasing(partitions, lost: false, by: self.now + limits.revokeBudget))
    case .lost(let partitions): return interrupt(with: .releasing(partitions, lost: true, by: self.now))
    case .polled(let record): return absorb(record)
    case .reachedEnd(let partition, let offset): return absorbEnd(of: partition, at: offset)
    case .succeeded: return absorbSuccess()
    case .answered(let deadLetters):
      transaction?.deadLetters = deadLetters
      return absorbSuccess()
    case .committed(let positions): return absorb(positions)
    case .failed(let failure): return absorb(failure)
    }
    return []
  }

  /// Makes an effect the outstanding call.
  mutating func call(_ effect: LoopEffect) -> [LoopEffect] {
    outstanding = effect
    repeats = 0
    return [effect]
  }

  /// Decides what to do next when no call is outstanding; everything that was learnt is in the state.
  mutating func proceed() -> [LoopEffect] {
    if let stopBy, now >= stopBy, exit == nil { exit = .forced }
    if let rebalance { return settle(rebalance) }
    if let exit { return call(.leave(exit)) }
    if let transaction { return call(transaction.call) }
    if stopBy != nil, batch.isEmpty || !canBegin { return call(.leave(.finished)) }
    guard now >= retryAt else { return idle(until: retryAt) }
    guard producerIsReady else { return call(.initialiseProducer) }
    guard !timeline.isEmpty, membershipIsSettled || !limits.refusesRebalance else {
      return idle(until: now + limits.idlePoll)
    }
    guard !partitions.isEmpty else { return noteCaughtUp() + call(.poll(milliseconds: limits.idlePoll)) }
    if deadLetterWatch.isTripped { return suspend() }
    let resumption = isSuspended ? [LoopEffect.report(.unsuspended)] : []
    isSuspended = false
    return resumption + work()
  }

  /// Decides what to do next when nothing stands in the way of reading.
  private mutating func work() -> [LoopEffect] {
    if !pendingNotes.isEmpty { return openNotes() }
    guard positionsAreRead else { return call(.readCommitted(partitions.keys.sorted())) }
    if let unknown = unknownModelInForce {
      let report = isAwaitingModel ? [] : [LoopEffect.report(.awaitingModel(sequence: unknown))]
      isAwaitingModel = true
      return report + idle(until: now + limits.idlePoll)
    }
    isAwaitingModel = false
    guard isPositioned else { return call(.assign(partitions.mapValues(\.base))) }
    if batchIsComplete { return openBatch() }
    guard batch.isEmpty else {
      return call(.poll(milliseconds: max(0, batchOpened + limits.linger - now)))
    }
    return noteCaughtUp() + call(.poll(milliseconds: limits.idlePoll))
  }

  /// A model that decided records of our partitions, but of which this worker has yet to hear.
  ///
  /// Deciding on without it would go back to an older model.
  private var unknownModelInForce: Int64? {
    partitions.values.compactMap(\.note.model).filter { $0 > timeline.readThrough }.max()
  }

  /// Stops reading: what comes is most likely unreadable for a reason that no dead letter mends.
  ///
  /// A run to the end has nobody to wait for and ends.
  private mutating func suspend() -> [LoopEffect] {
    var effects: [LoopEffect] = []
    if !isSuspended {
      isSuspended = true
      let watch = deadLetterWatch
      effects.append(.report(.suspended(deadLetters: watch.deadLetters, records: watch.records)))
    }
    guard !limits.watchesForEnd else { return effects + call(.leave(.tooManyDeadLetters)) }
    // The way back is the usual one: from the committed offsets.
    losePosition()
    return effects + forgetBatch() + idle(until: now + limits.idlePoll)
  }

  /// Polls for rebalances only, so that the member stays in the group while something is waited for.
  private mutating func idle(until time: Int64) -> [LoopEffect] {
    var effects: [LoopEffect] = []
    if isFetching, !isPaused {
      isPaused = true
      effects.append(.pause(partitions.keys.sorted()))
    }
    return effects + call(.poll(milliseconds: max(0, min(limits.idlePoll, time - now))))
  }

  /// Makes reading start again from the committed offsets.
  mutating func losePosition() {
    positionsAreRead = false
    isPositioned = false
  }

  /// Drops every record in hand; they will be read again.
  mutating func forgetBatch() -> [LoopEffect] {
    batch.removeAll(keepingCapacity: true)
    batchBytes = 0
    isDrained = false
    batchWaited = false
    return [.forgetBatch]
  }

  /// Makes the next attempt wait, longer each time in a row.
  mutating func backOff(after failures: Int) {
    let doublings = min(max(failures - 1, 0), 20)
    retryAt = now + min(limits.longestBackoff, limits.firstBackoff << Int64(doublings))
  }

  /// Reports once that every partition was read to the end it had at the start.
  private mutating func noteCaughtUp() -> [LoopEffect] {
    guard limits.watchesForEnd, !hasCaughtUp, hasJoined else { return [] }
    guard partitions.values.allSatisfy(\.isCaughtUp) else { return [] }
    hasCaughtUp = true
    return [.report(.caughtUp)]
  }
}
