/// What the answers of calls mean.
extension ScoringLoop {
  /// The outstanding call is done.
  mutating func absorbSuccess() -> [LoopEffect] {
    guard let done = outstanding else { return [] }
    // What is answered while leaving are the partitions let go on the way.
    if case .leave = done { return [] }
    outstanding = nil
    switch done {
    case .accept, .release: return endRebalance()
    case .initialiseProducer:
      producerIsReady = true
      return proceed()
    case .assign: return absorbAssigned() + proceed()
    default: break
    }
    guard var ended = transaction else { return proceed() }
    if ended.advance(delivery: limits.delivery) {
      transaction = ended
      return proceed()
    }
    transaction = nil
    let effects = ended.stage == .abort ? finishAborted(ended) : finishCommitted(ended)
    guard ended.mayHaveStragglers else { return effects + proceed() }
    producerIsReady = false
    return effects + [.report(.producerRenewed)] + proceed()
  }

  /// The committed offsets are read.
  mutating func absorb(_ positions: [Int32: CommittedPosition]) -> [LoopEffect] {
    guard case .readCommitted = outstanding else { return [] }
    outstanding = nil
    for (partition, position) in positions {
      partitions[partition]?.adopt(position)
      // Reading would go on at the log's start, and the applications in between would be gone without a word.
      if let base = partitions[partition]?.base, let start = position.start, base < start {
        exit = exit ?? .inputLost
      }
    }
    positionsAreRead = true
    return isolate() + proceed()
  }

  /// The consumer fetches from where it was told to.
  private mutating func absorbAssigned() -> [LoopEffect] {
    isPositioned = true
    isFetching = true
    isDrained = false
    var effects: [LoopEffect] = [.report(.positioned(partitions.mapValues(\.base)))]
    if isPaused {
      isPaused = false
      effects.append(.resume(partitions.keys.sorted()))
    }
    return effects
  }

  /// The transaction is committed, for certain.
  private mutating func finishCommitted(_ ended: Transaction) -> [LoopEffect] {
    consecutiveFailures = 0
    for (partition, committed) in ended.offsets {
      partitions[partition]?.base = committed.offset
      if let note = ended.notes[partition] { partitions[partition]?.note = note }
    }
    guard let plan = ended.plan else { return [] }
    deadLetterWatch.learn(plan.recordCount, deadLetters: ended.deadLetters)
    for (partition, extent) in extents(of: batch) {
      let latest = partitions[partition]?.latestTimestamp ?? .min
      partitions[partition]?.latestTimestamp = max(latest, extent.latest)
    }
    var effects: [LoopEffect] = [
      .report(.committed(records: plan.recordCount, partitions: ended.offsets.count))
    ]
    if let condemned = plan.condemned {
      for partition in partitions.keys { partitions[partition]?.note.clearSuspicion() }
      effects.append(
        .report(
          .condemned(
            partition: condemned.partition,
            offset: condemned.offset,
            attempts: condemned.attempts
          )
        )
      )
    } else {
      sizing.learn(count: plan.recordCount, waited: batchWaited)
    }
    return effects + forgetBatch()
  }

  /// The transaction is aborted, for certain.
  private mutating func finishAborted(_ ended: Transaction) -> [LoopEffect] {
    consecutiveFailures += 1
    if consecutiveFailures > 1 { backOff(after: consecutiveFailures - 1) }
    let failure = ended.failure ?? CallFailure(.requiresAbort)
    let blames = failure.blamesRecord && ended.plan != nil
    let effects: [LoopEffect] = [
      .report(
        .aborted(records: ended.plan?.recordCount ?? 0, blamesRecord: blames, reason: failure.reason)
      )
    ]
    if blames { suspects = batch }
    losePosition()
    return effects + forgetBatch()
  }

  /// The outstanding call failed.
  mutating func absorb(_ failure: CallFailure) -> [LoopEffect] {
    guard let failed = outstanding else { return [] }
    if case .accept = failed { return failRebalance() }
    if case .release = failed { return failRebalance() }
    switch Disposition.of(failure.kind, during: failed, budgetLeft: now < budgetEnd) {
    case .exit(let code):
      outstanding = nil
      exit = exit ?? code
      return [.report(.retrying(call: failed.name, reason: failure.reason))] + proceed()
    case .proceed:
      outstanding = nil
      return [.report(.retrying(call: failed.name, reason: failure.reason))] + proceed()
    case .again where transaction != nil:
      repeats += 1
      transaction?.noteRepetition()
      let wait = min(limits.longestBackoff, limits.firstBackoff << Int64(min(repeats - 1, 20)))
      return [
        .report(.retrying(call: failed.name, reason: failure.reason)), .wait(milliseconds: wait), failed,
      ]
    case .again:
      outstanding = nil
      consecutiveFailures += 1
      backOff(after: consecutiveFailures)
      return [.report(.retrying(call: failed.name, reason: failure.reason))] + proceed()
    case .abort where limits.delivery == .exactlyOnce && transaction?.mayHaveStragglers == false:
      outstanding = nil
      transaction?.stage = .abort
      transaction?.failure = failure
      return proceed()
    case .abort, .recreateProducer:
      outstanding = nil
      return abandonProducer(because: failure) + proceed()
    }
  }

  /// When the same call is not repeated any more.
  private var budgetEnd: Int64 {
    var end = transactionOpened + limits.transactionBudget
    if case .releasing(_, _, let by) = rebalance { end = min(end, by) }
    if let stopBy { end = min(end, stopBy) }
    return end
  }

  /// Gives the producer up, with whatever transaction it holds; its successor ends that transaction.
  mutating func abandonProducer(because failure: CallFailure) -> [LoopEffect] {
    let effects: [LoopEffect] = [.report(.producerAbandoned(reason: failure.reason))]
    if failure.blamesRecord, transaction?.plan != nil { suspects = batch }
    producerIsReady = false
    transaction = nil
    pendingNotes.removeAll()
    consecutiveFailures += 1
    backOff(after: consecutiveFailures)
    losePosition()
    return effects + forgetBatch()
  }
}
