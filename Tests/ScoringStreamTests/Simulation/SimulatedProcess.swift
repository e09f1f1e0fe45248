import DriftDetection
import TestSupport

@testable import ScoringStream

/// A worker process in the model: the real loop, with clients that fail as the seed says.
final class SimulatedProcess {
  /// A producer handle.
  private struct Producer {
    var epoch: Int
    var isBroken = false
    /// A record of the transaction that the broker refuses.
    var isDoomed = false
  }

  let instance: Int
  private let cluster: SimulatedCluster
  private let mutant: Mutant?
  private(set) var loop: ScoringLoop
  private(set) var exit: ExitCode?
  var readyAt: Int64
  /// Announcements that this process hears of, and when, in their order.
  var mail: [(at: Int64, ModelActivation)] = []

  private var call: LoopEffect?
  private var isInterrupted = false
  private var member: Int?
  private var generation = 0
  private var owned: [Int32] = []
  private var positions: [Int64?]
  private var isPaused = false
  private var held: [RecordPosition] = []
  private var answered = 0
  private var window = SideWindow()
  private let watch = SimulatedProcess.makeWatch()
  private var producer: Producer?

  init(
    instance: Int,
    cluster: SimulatedCluster,
    limits: LoopLimits,
    mutant: Mutant?,
    at now: Int64
  ) {
    self.instance = instance
    self.cluster = cluster
    self.mutant = mutant
    loop = ScoringLoop(limits)
    positions = Array(repeating: nil, count: cluster.input.count)
    readyAt = now
  }

  /// Whether nothing is in hand and the next poll will find nothing.
  var isIdle: Bool {
    guard case .poll = call else { return false }
    return loop.batch.isEmpty && (loop.isPositioned || loop.partitions.isEmpty)
  }

  func shutDown(at now: Int64) { _ = loop.step(.shutdown, at: now) }

  /// Makes the call that is due; the answer may ask for the next one.
  func run(at now: Int64, faults: inout Faults) {
    while let first = mail.first, first.at <= now {
      mail.removeFirst()
      _ = loop.step(.announced(first.1), at: now)
    }
    guard let due = call else { return take(loop.step(.start, at: now), at: now, &faults) }
    let answer = perform(due, at: now, &faults)
    guard exit == nil, let answer else { return }
    // A poll that finds nothing has waited for it.
    var end = now
    if case .poll(let milliseconds) = due, answer == .polled(nil) { end += milliseconds }
    take(loop.step(answer, at: end), at: end, &faults)
  }

  /// Does what the effects say and keeps the call for the next turn.
  private func take(_ effects: [LoopEffect], at now: Int64, _ faults: inout Faults) {
    var wait: Int64 = 0
    for effect in effects {
      switch effect {
      case .dropRecord where mutant != .answersDroppedRecords: held.removeLast()
      case .forgetBatch where mutant != .keepsAbortedRecords || loop.transaction != nil:
        held.removeAll(keepingCapacity: true)
        answered = 0
        if case .abort = call, mutant == .keepsAbortedCounts { continue }
        window.removeAll()
      case .wait(let milliseconds): wait += milliseconds
      case .pause: isPaused = true
      case .resume: isPaused = false
      case .dropRecord, .forgetBatch, .report: break
      default:
        call = effect
        readyAt = now + wait + faults.duration(of: effect)
        return
      }
    }
    // No call: the rebalance that interrupted the poll is settled, and the poll comes back empty.
    guard isInterrupted else { return }
    isInterrupted = false
    take(loop.step(.polled(nil), at: now), at: now, &faults)
  }

  private func perform(_ call: LoopEffect, at now: Int64, _ faults: inout Faults) -> LoopInput? {
    cluster.advance(to: now)
    switch call {
    case .poll: return poll(at: now, &faults)
    case .initialiseProducer: return initialise(at: now, &faults)
    case .accept(let partitions):
      owned = partitions
      positions = positions.map { _ in nil }
      return .succeeded
    case .release(let partitions):
      owned.removeAll { partitions.contains($0) }
      positions = positions.map { _ in nil }
      if let member { cluster.group.rejoin(instance, member, at: now) }
      return .succeeded
    case .readCommitted(let partitions): return readCommitted(partitions, &faults)
    case .assign(let offsets):
      if faults.strikes { return .failed(faults.passing()) }
      for (partition, offset) in offsets {
        if mutant == .forgetsToRewind, positions[Int(partition)] != nil { continue }
        positions[Int(partition)] = offset ?? 0
      }
      return .succeeded
    case .begin:
      return guarded { producer in
        producer.isDoomed = false
        return .succeeded
      }
    case .answer(let plan): return guarded { answer(plan, with: &$0, at: now, &faults) }
    case .sendOffsets(let offsets): return guarded { sendOffsets(offsets, with: &$0, at: now, &faults) }
    case .commit: return guarded { end(with: &$0, commit: true, at: now, &faults) }
    case .abort: return guarded { end(with: &$0, commit: false, at: now, &faults) }
    case .leave(let code):
      exit = code
      return nil
    default: return .succeeded
    }
  }

  /// Runs a transactional call, unless the producer is dead.
  private func guarded(_ body: (inout Producer) -> LoopInput) -> LoopInput {
    guard var live = producer, !live.isBroken else {
      return .failed(CallFailure(.fatal, reason: "the producer is broken"))
    }
    let answer = body(&live)
    if case .failed(let failure) = answer, failure.kind == .fatal { live.isBroken = true }
    producer = live
    return mutant?.distort(answer) ?? answer
  }
}

extension SimulatedProcess {
  private func poll(at now: Int64, _ faults: inout Faults) -> LoopInput? {
    guard let member else {
      self.member = cluster.group.join(instance, at: now)
      return .polled(nil)
    }
    switch cluster.group.isCurrent(instance, member) {
    case .some(false):
      let fenced = CallFailure(.fenced, reason: "another client joined under this instance name")
      return mutant?.distort(.failed(fenced)) ?? .failed(fenced)
    case nil:
      // Thrown out: what was owned is lost, then join anew.
      if owned.isEmpty {
        self.member = cluster.group.join(instance, at: now)
        return .polled(nil)
      }
      isInterrupted = true
      return .lost(owned)
    case .some(true): break
    }
    cluster.group.heartbeat(instance, member, at: now)
    if cluster.group.awaits(instance) {
      if owned.isEmpty {
        cluster.group.rejoin(instance, member, at: now)
        return .polled(nil)
      }
      if mutant == .ignoresRevocation {
        cluster.group.rejoin(instance, member, at: now)
        return .polled(nil)
      }
      isInterrupted = true
      return .revoked(owned)
    }
    if let assigned = cluster.group.assignment(of: instance), generation != cluster.group.generation {
      generation = cluster.group.generation
      if mutant == .ignoresRevocation, !owned.isEmpty { return .polled(nil) }
      isInterrupted = true
      return .assigned(assigned)
    }
    if faults.strikes { return .failed(faults.passing()) }
    return fetch(&faults)
  }

  private func fetch(_ faults: inout Faults) -> LoopInput {
    guard !isPaused else { return .polled(nil) }
    let first = faults.number(below: max(positions.count, 1))
    for step in positions.indices {
      let partition = (first + step) % positions.count
      guard let from = positions[partition] else { continue }
      guard let record = cluster.record(of: Int32(partition), from: from) else { continue }
      // A consumer that refetches after a leader change may deliver an old record again (librdkafka #4686).
      positions[partition] = faults.refetches ? record.offset : record.offset + 1
      held.append(record)
      if mutant == .commitsWhenReading {
        let offset = OffsetToCommit(offset: record.offset + 1, metadata: "")
        cluster.commitPlainly([.init(partition: Int32(partition), offset: offset)])
      }
      return .polled(record)
    }
    return .polled(nil)
  }

  private func initialise(at now: Int64, _ faults: inout Faults) -> LoopInput {
    if mutant == .goesOnWithTheSameProducer, let old = producer, !old.isBroken { return .succeeded }
    if mutant == .keepsTheEpoch, var old = producer {
      old.isBroken = false
      old.isDoomed = false
      producer = old
      return .succeeded
    }
    let fault = faults.fault(applied: [.retriable, .fatal], notApplied: [.retriable, .fatal, .indefinite])
    if case .before(let failure) = fault { return .failed(failure) }
    guard cluster.initialise(instance, at: now) == .done else {
      return .failed(CallFailure(.retriable, reason: "CONCURRENT_TRANSACTIONS"))
    }
    if case .after(let failure) = fault { return .failed(failure) }
    producer = Producer(epoch: cluster.epochs[instance])
    return .succeeded
  }

  private func readCommitted(_ partitions: [Int32], _ faults: inout Faults) -> LoopInput {
    if faults.strikes { return .failed(faults.passing()) }
    var positions: [Int32: CommittedPosition] = [:]
    for partition in partitions {
      if cluster.isUnstable(partition), mutant != .readsUnstableOffsets {
        return .failed(CallFailure(.retriable, reason: "UNSTABLE_OFFSET_COMMIT"))
      }
      let offset = cluster.committed[Int(partition)]
      positions[partition] = CommittedPosition(offset: offset?.offset, metadata: offset?.metadata ?? "")
    }
    return .committed(positions)
  }

  private func answer(
    _ plan: BatchPlan,
    with producer: inout Producer,
    at now: Int64,
    _ faults: inout Faults
  ) -> LoopInput {
    let fault = faults.fault(
      applied: [.retriable, .requiresAbort, .fatal],
      notApplied: [.retriable, .requiresAbort, .fatal]
    )
    if case .before(let failure) = fault { return .failed(failure) }
    var answers: [SimulatedCluster.Answer] = []
    // Should the call fail, it is made again with what was counted before.
    var window = window
    var counting = plan
    if mutant == .reportsFromTheFirstRecord {
      for (partition, offsets) in plan.offsets {
        let first = held.first { $0.partition == partition }?.offset ?? offsets.lowerBound
        counting.offsets[partition] = first..<offsets.upperBound
      }
    }
    for record in held[answered...] {
      let isCondemned =
        plan.condemned?.partition == record.partition && plan.condemned?.offset == record.offset
      let name = SimulatedCluster.RecordName(partition: record.partition, offset: record.offset)
      if cluster.poison.contains(name), !isCondemned { producer.isDoomed = true }
      if isCondemned, mutant == .forgetsTheDeadLetter { continue }
      watch.take { $0[0] = Double(record.offset % 3) }
      if isCondemned, mutant != .countsDeadLettersAsDecisions {
        window.countDeadLetter(record, watch, of: counting)
      } else {
        window.countDecision(record, watch, of: counting)
      }
      answers.append(
        .init(
          partition: record.partition,
          offset: record.offset,
          model: plan.models[record.partition] ?? -1,
          isDeadLetter: isCondemned,
          producer: instance
        )
      )
    }
    if mutant == .producesOutsideTheTransaction {
      cluster.appendPlainly(answers)
      answers = []
    }
    let partials = report(counting, &window)
    switch cluster.append(answers, partials, producer: instance, epoch: producer.epoch, at: now) {
    case .done: self.window = window
    case .concurrent: return .failed(CallFailure(.retriable, reason: "CONCURRENT_TRANSACTIONS"))
    default: return .failed(CallFailure(.fenced, reason: "INVALID_PRODUCER_EPOCH"))
    }
    answered = held.count
    if case .after(let failure) = fault { return .failed(failure) }
    return .answered(deadLetters: answers.count(where: \.isDeadLetter))
  }

  /// What the batch counted, partition by partition.
  private func report(_ plan: BatchPlan, _ window: inout SideWindow) -> [SideWindow.Counted] {
    window.close(plan)
    var partials: [SideWindow.Counted] = []
    while let next = window.next {
      partials.append(next)
      window.tookNext()
    }
    if mutant == .reportsOnePartition { partials = Array(partials.prefix(1)) }
    guard mutant == .reportsOutsideTheTransaction else { return partials }
    cluster.reportPlainly(partials)
    return []
  }

  /// One number, in the bins of a reference of three rows.
  private static func makeWatch() -> EventWatch {
    do {
      let feature = try FeatureReference(number: "x", values: [0, 1, 2])
      return EventWatch(try ReferenceProfile(features: [feature]), blockMilliseconds: 40)
    } catch {
      preconditionFailure("a reference of three rows: \(error)")
    }
  }

  private func sendOffsets(
    _ offsets: [Int32: OffsetToCommit],
    with producer: inout Producer,
    at now: Int64,
    _ faults: inout Faults
  ) -> LoopInput {
    if mutant == .forgetsTheOffsets { return .succeeded }
    let sent = mutant?.distort(offsets) ?? offsets
    let pending = sent.sorted { $0.key < $1.key }.map {
      SimulatedCluster.PendingOffset(partition: $0.key, offset: $0.value)
    }
    let membership: SimulatedGroup.Membership? =
      mutant == .forgetsTheGeneration
      ? nil : .init(instance: instance, member: member ?? -1, generation: generation)
    let fault = faults.fault(
      applied: [.retriable, .fatal],
      notApplied: [.retriable, .requiresAbort, .fatal],
      delayed: [.retriable, .fatal]
    )
    switch fault {
    case .before(let failure): return .failed(failure)
    case .delayed(let failure, let time):
      cluster.delay(
        .offsets(producer: instance, epoch: producer.epoch, pending, membership),
        until: now + time
      )
      return .failed(failure)
    default: break
    }
    switch cluster.sendOffsets(
      pending,
      producer: instance,
      epoch: producer.epoch,
      membership: membership,
      at: now
    ) {
    case .done: break
    case .concurrent: return .failed(CallFailure(.retriable, reason: "CONCURRENT_TRANSACTIONS"))
    case .illegalGeneration: return .failed(CallFailure(.requiresAbort, reason: "ILLEGAL_GENERATION"))
    case .fenced, .invalidState: return .failed(CallFailure(.fenced, reason: "fenced"))
    }
    if case .after(let failure) = fault { return .failed(failure) }
    return .succeeded
  }

  private func end(
    with producer: inout Producer,
    commit: Bool,
    at now: Int64,
    _ faults: inout Faults
  ) -> LoopInput {
    if commit, producer.isDoomed {
      return .failed(CallFailure(.requiresAbort, blamesRecord: true, reason: "the broker refuses a record"))
    }
    let fault =
      commit
      ? faults.fault(
        applied: [.retriable, .fatal, .indefinite],
        notApplied: [.retriable, .requiresAbort, .fatal, .indefinite],
        delayed: [.retriable, .fatal, .indefinite]
      )
      : faults.fault(
        applied: [.retriable, .fatal, .indefinite],
        notApplied: [.retriable, .fatal, .indefinite],
        delayed: [.retriable, .fatal, .indefinite]
      )
    switch fault {
    case .before(let failure): return .failed(failure)
    case .delayed(let failure, let time):
      cluster.delay(.end(producer: instance, epoch: producer.epoch, commit: commit), until: now + time)
      return .failed(failure)
    default: break
    }
    switch cluster.end(
      instance,
      epoch: producer.epoch,
      commit: commit,
      delay: faults.markerDelay(),
      at: now
    ) {
    case .done: break
    case .concurrent: return .failed(CallFailure(.retriable, reason: "CONCURRENT_TRANSACTIONS"))
    case .invalidState: return .failed(CallFailure(.fatal, reason: "INVALID_TXN_STATE"))
    case .fenced, .illegalGeneration: return .failed(CallFailure(.fenced, reason: "fenced"))
    }
    if case .after(let failure) = fault { return .failed(failure) }
    return .succeeded
  }
}
