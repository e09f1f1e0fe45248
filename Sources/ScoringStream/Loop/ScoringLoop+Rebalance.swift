/// Partitions come and go. librdkafka says so inside a poll, and waits there until it is answered.
extension ScoringLoop {
  /// Takes a rebalance that interrupts the outstanding poll.
  mutating func interrupt(with change: Rebalance) -> [LoopEffect] {
    if case .leave = outstanding { return answerWhileLeaving(change) }
    interruptedPoll = outstanding
    outstanding = nil
    rebalance = change
    if limits.refusesRebalance, membershipIsSettled, stopBy == nil, exit == nil {
      exit = .rebalanced
    }
    return proceed()
  }

  /// Answers the group: accept at once; release when the batch in hand is answered or the budget is used up.
  mutating func settle(_ change: Rebalance) -> [LoopEffect] {
    switch change {
    case .accepting(let accepted): return accept(accepted)
    case .releasing(let released, let lost, let by):
      if exit == nil, !lost, now < by {
        if let transaction { return call(transaction.call) }
        if !pendingNotes.isEmpty, producerIsReady { return openNotes() }
        if canBegin, batchIsComplete { return openBatch() }
      }
      return release(released, lost: lost)
    }
  }

  private mutating func accept(_ accepted: [Int32]) -> [LoopEffect] {
    for partition in accepted where partitions[partition] == nil {
      partitions[partition] = PartitionState()
    }
    hasJoined = true
    hasCaughtUp = false
    // What was paused stays so until it is resumed: librdkafka remembers it over an assignment.
    isFetching = false
    losePosition()
    return forgetBatch() + [.report(.assigned(accepted))] + call(.accept(accepted))
  }

  private mutating func release(_ released: [Int32], lost: Bool) -> [LoopEffect] {
    var effects: [LoopEffect] = []
    if transaction != nil {
      effects += abandonProducer(because: CallFailure(.indefinite, reason: "partitions had to be released"))
    }
    effects.append(.report(.released(released, lost: lost, dropped: batch.count)))
    effects += forgetBatch()
    pendingNotes.removeAll()
    suspects.removeAll()
    for partition in released { partitions[partition] = nil }
    isFetching = false
    losePosition()
    return effects + call(.release(released))
  }

  /// The group is answered; the poll that was interrupted goes on.
  mutating func endRebalance() -> [LoopEffect] {
    rebalance = nil
    outstanding = interruptedPoll
    interruptedPoll = nil
    return []
  }

  /// The client could not even be told what to fetch: nothing sensible can follow.
  mutating func failRebalance() -> [LoopEffect] {
    exit = exit ?? .internalFailure
    return endRebalance()
  }

  /// While everything is being closed partitions are let go without a word, and none is taken.
  private func answerWhileLeaving(_ change: Rebalance) -> [LoopEffect] {
    switch change {
    case .accepting(let partitions), .releasing(let partitions, _, _): [.release(partitions)]
    }
  }
}
