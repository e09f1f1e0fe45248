import Foundation
import KafkaClient
import Testing

@testable import ScoringStream

/// Whether client and loop treat an error as what it is: the work is done in spite of it, or the worker ends with the right code.
///
/// The embedded cluster says nothing about exactly-once.
@Suite("Every request can fail in every way", .serialized, .timeLimit(.minutes(15)))
struct RequestFaultTests {
  private static let isFull = ProcessInfo.processInfo.environment["FAULTS"] == "full"

  /// One of each kind in an ordinary run, 15 × 5 in a full one.
  private static let faults =
    isFull
    ? RequestFault.all
    : [
      RequestFault(request: .produce, kind: .retriable),
      RequestFault(request: .transactionalOffsetCommit, kind: .abortable),
      RequestFault(request: .endTransaction, kind: .fatal),
      RequestFault(request: .addPartitionsToTransaction, kind: .authorisation),
      RequestFault(request: .endTransaction, kind: .disconnect),
    ]

  @Test("Each failure is handled as it is classified, nothing hangs, and the scorer still stops in time")
  func faults() async {
    // Most of the time is waiting for the mock's group: eight clusters at once cost little more than one.
    let results = await withTaskGroup(of: (RequestFault, FaultRun?).self) { group in
      var waiting = Self.faults[...]
      var results: [(RequestFault, FaultRun?)] = []
      func startNext() {
        guard let fault = waiting.popFirst() else { return }
        group.addTask { (fault, try? await FaultRun.run(fault)) }
      }
      for _ in 0..<8 { startNext() }
      for await result in group {
        results.append(result)
        startNext()
      }
      return results
    }
    for (fault, run) in results {
      guard let run else {
        Issue.record("\(fault): could not be set up")
        continue
      }
      #expect(run.outcome == fault.expected, "\(fault): \(run)")
      #expect(run.stopSeconds < 10, "\(fault): \(run)")
      if fault.expected == .done { #expect(run.answered == FaultRun.count, "\(fault): \(run)") }
      if fault.expected == .done, fault.kind == .abortable, fault.isTransactional {
        #expect(run.aborts > 0, "\(fault): \(run)")
      }
    }
    print(
      "request faults: \(results.count { $0.1?.outcome == $0.0.expected }) of \(Self.faults.count) as classified"
    )
  }
}

/// What came of one scorer on one cluster with one fault.
struct FaultRun: Sendable {
  static let count = 40

  var outcome: RequestFault.Outcome
  var answered: Int
  var aborts: Int
  var stopSeconds: Double

  static func run(_ fault: RequestFault) async throws -> FaultRun {
    var stream = try EmbeddedStream(partitions: 2, workers: 1)
    stream.settings.kafka["session.timeout.ms"] = "6000"
    stream.settings.kafka["transaction.timeout.ms"] = "5000"
    stream.settings.kafka["heartbeat.interval.ms"] = "50"
    if fault.request == .offsetCommit { stream.settings.delivery = .atLeastOnce }
    try stream.announce("1")
    try stream.publish(stream.topics.applications, (0..<count).map { ("\($0)", "{\"id\":\($0)}") })
    let service = stream.service { $0.refusesRebalance = false }
    let ended = Task { () -> ExitCode in
      do {
        try await service.run()
        return .finished
      } catch let error as ScoringStreamError {
        return error.exitCode
      } catch { return .internalFailure }
    }
    fault.inject(into: stream)
    let waiting = Task { await stream.wait(for: service, fault) }
    // Whichever comes first: the scorer ends by itself, or it has done its work, or it waits for ever.
    let code = await withTaskGroup(of: ExitCode?.self, returning: (ExitCode?, Double).self) { group in
      group.addTask { await ended.value }
      group.addTask {
        await waiting.value
        return nil
      }
      let first = await group.next() ?? nil
      waiting.cancel()
      let clock = ContinuousClock()
      let start = clock.now
      service.stop()
      _ = await ended.value
      return (first, Double((clock.now - start) / .milliseconds(1)) / 1_000)
    }
    stream.cluster.clearFailures(of: fault.request)
    stream.cluster.setTopicError(stream.topics.decisions, nil)
    let answered = Set(try stream.read(stream.topics.decisions).compactMap(\.key)).count
    let unended = answered == count ? RequestFault.Outcome.done : .waits
    let outcome = code.0.map { RequestFault.Outcome.exits($0) } ?? unended
    return FaultRun(
      outcome: outcome,
      answered: answered,
      aborts: service.statistics.aborts,
      stopSeconds: code.1
    )
  }
}

extension EmbeddedStream {
  /// Waits until everything is answered, or nothing will be.
  fileprivate func wait(for service: ScoringService, _ fault: RequestFault) async {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(fault.expected == .waits ? 15 : 60)
    while service.statistics.events < FaultRun.count, clock.now < deadline, !Task.isCancelled {
      try? await Task.sleep(for: .milliseconds(20))
    }
    // Heartbeats go on after the work is done, and are to meet their failure, too.
    if fault.request == .heartbeat { try? await Task.sleep(for: .milliseconds(500)) }
  }
}
