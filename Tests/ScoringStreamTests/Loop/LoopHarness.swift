@testable import ScoringStream

/// Drives a loop with arrays of records and a clock that the test moves: no broker, no thread, no sleeping.
///
/// Calls succeed at once unless the test has put a failure in their way; the clock moves by what the loop waits for.
final class LoopHarness {
  struct Answer: Equatable {
    var partition: Int32
    var offset: Int64
    var model: Int64
    var isDeadLetter: Bool
  }

  var loop: ScoringLoop
  var now: Int64 = 0
  /// Records by partition, in order; offsets need not be dense.
  var log: [Int32: [RecordPosition]] = [:]
  var group: [Int32: CommittedPosition] = [:]
  var ends: [Int32: Int64] = [:]
  /// Failures for the next calls of a name, in order; nil lets one pass.
  var failures: [String: [CallFailure?]] = [:]
  /// Records whose presence in a transaction makes its commit fail.
  var poison: Set<Int64> = []
  /// Records that can have no decision.
  var unreadable: Set<Int64> = []
  /// A rebalance to deliver inside the next poll.
  var rebalances: [LoopInput] = []
  /// How long each call of a name takes.
  var durations: [String: Int64] = [:]

  private(set) var calls: [LoopEffect] = []
  private(set) var events: [LoopEvent] = []
  private(set) var committed: [Answer] = []
  private(set) var exit: ExitCode?
  private(set) var paused: Set<Int32> = []
  private var held: [RecordPosition] = []
  private var pending: [Answer] = []
  private var pendingOffsets: [Int32: OffsetToCommit] = [:]
  private var positions: [Int32: Int64?] = [:]
  private var polls = 0

  init(_ adjust: (inout LoopLimits) -> Void = { _ in }) {
    var limits = LoopLimits()
    adjust(&limits)
    loop = ScoringLoop(limits)
    _ = loop.step(.announced(ModelActivation(sequence: 0, activeFrom: 0)), at: 0)
  }

  /// Fills a partition with records one millisecond apart.
  func fill(_ partition: Int32, _ offsets: some Sequence<Int64>) {
    log[partition] = offsets.map { RecordPosition(partition: partition, offset: $0, timestamp: 1_000 + $0) }
  }

  var names: [String] { calls.map(\.name) }

  /// The names of all calls but polls.
  var work: [String] { names.filter { $0 != "poll" } }

  func send(_ input: LoopInput) { _ = loop.step(input, at: now) }

  /// Runs until so many polls came back empty, or the loop has left.
  func run(idlePolls: Int = 10) {
    polls = idlePolls
    // A poll that was under way when the last run ended is answered now.
    var input = loop.outstanding.flatMap { answer(to: $0) } ?? .start
    while exit == nil, polls > 0 {
      guard let answer = perform(loop.step(input, at: now)) else { return }
      input = answer
    }
  }

  /// Does what the effects say; nil when the loop has left or the rebalance that interrupted a poll is settled.
  private func perform(_ effects: [LoopEffect]) -> LoopInput? {
    for effect in effects where !effect.isCall {
      switch effect {
      case .dropRecord: held.removeLast()
      case .forgetBatch: held.removeAll()
      case .wait(let milliseconds): now += milliseconds
      case .pause(let partitions): paused.formUnion(partitions)
      case .resume(let partitions): paused.subtract(partitions)
      case .report(let event): events.append(event)
      default: break
      }
    }
    guard let call = effects.last(where: \.isCall) else { return nil }
    calls.append(call)
    now += durations[call.name] ?? 0
    if var planned = failures[call.name], !planned.isEmpty {
      let failure = planned.removeFirst()
      failures[call.name] = planned
      if let failure { return .failed(failure) }
    }
    return answer(to: call)
  }

  private func answer(to call: LoopEffect) -> LoopInput? {
    switch call {
    case .poll(let milliseconds): return poll(milliseconds)
    case .accept(let partitions):
      for partition in partitions { positions[partition] = .some(nil) }
    case .release: positions.removeAll()
    case .readCommitted(let partitions):
      return .committed(
        Dictionary(
          uniqueKeysWithValues: partitions.map {
            (
              $0,
              CommittedPosition(
                offset: group[$0]?.offset,
                metadata: group[$0]?.metadata ?? "",
                start: group[$0]?.start,
                end: ends[$0]
              )
            )
          }
        )
      )
    case .assign(let offsets):
      positions = offsets.mapValues { $0 ?? 0 }
    case .answer(let plan):
      pending = held.map {
        Answer(
          partition: $0.partition,
          offset: $0.offset,
          model: plan.models[$0.partition] ?? -1,
          isDeadLetter: unreadable.contains($0.offset)
            || plan.condemned?.partition == $0.partition && plan.condemned?.offset == $0.offset
        )
      }
      return .answered(deadLetters: pending.count(where: \.isDeadLetter))
    case .sendOffsets(let offsets), .commitOffsets(let offsets):
      pendingOffsets = offsets
      if case .commitOffsets = call { return commit() }
    case .commit: return commit()
    case .abort:
      pending = []
      pendingOffsets = [:]
    case .leave(let code):
      exit = code
      return nil
    case .initialiseProducer, .begin, .flush: break
    default: break
    }
    return .succeeded
  }

  private func poll(_ milliseconds: Int64) -> LoopInput? {
    if !rebalances.isEmpty {
      var input = rebalances.removeFirst()
      while let answer = perform(loop.step(input, at: now)) {
        input = answer
        if exit != nil { return nil }
      }
      return .polled(nil)
    }
    for partition in positions.keys.sorted() where !paused.contains(partition) {
      guard let from = positions[partition] ?? nil else { continue }
      guard let record = log[partition]?.first(where: { $0.offset >= from }) else { continue }
      positions[partition] = record.offset + 1
      held.append(record)
      return .polled(record)
    }
    now += milliseconds
    polls -= 1
    return .polled(nil)
  }

  private func commit() -> LoopInput {
    if pending.contains(where: { poison.contains($0.offset) && !$0.isDeadLetter }) {
      return .failed(CallFailure(.requiresAbort, blamesRecord: true, reason: "poison"))
    }
    committed += pending
    for (partition, offset) in pendingOffsets {
      group[partition] = CommittedPosition(offset: offset.offset, metadata: offset.metadata)
    }
    pending = []
    pendingOffsets = [:]
    return .succeeded
  }
}
