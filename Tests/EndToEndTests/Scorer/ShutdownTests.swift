import Foundation
import Glibc
import KafkaClient
import Testing

/// SIGTERM in every state; one case a state in an ordinary run, ten with `FAULTS=full`.
@Suite("SIGTERM", .serialized, .timeLimit(.minutes(15)))
struct ShutdownTests {
  enum State: String, CaseIterable, Sendable {
    case idle, midTransaction, midRebalance, brokersDown, beforeAssignment
  }

  private static let repetitions = ProcessInfo.processInfo.environment["FAULTS"] == "full" ? 10 : 1
  private static let partitions = 4

  @Test("Whatever a scorer is doing, SIGTERM ends it within ten seconds, in order and not by a signal")
  func inEveryState() async throws {
    _ = try TrainedLoanBook.folder()
    let cases = (0..<Self.repetitions).flatMap { round in State.allCases.map { ($0, round) } }
    let problems = await withTaskGroup(of: String?.self) { group in
      var waiting = cases[...]
      func startNext() {
        guard let (state, round) = waiting.popFirst() else { return }
        group.addTask {
          await withCheckedContinuation { continuation in
            // Waiting for processes blocks; that is no work for the tasks' own threads.
            Thread.detachNewThread {
              do {
                continuation.resume(returning: try Self.problem(state, round))
              } catch {
                continuation.resume(returning: "\(state) \(round): \(error)")
              }
            }
          }
        }
      }
      for _ in 0..<5 { startNext() }
      var problems: [String] = []
      for await problem in group {
        if let problem { problems.append(problem) }
        startNext()
      }
      return problems
    }
    for problem in problems { Issue.record("\(problem)") }
    #expect(problems.isEmpty)
    print("SIGTERM: \(cases.count - problems.count) of \(cases.count) cases ended in order")
  }

  /// Brings a scorer into a state, sends SIGTERM, and says what was wrong.
  private static func problem(_ state: State, _ round: Int) throws -> String? {
    let cluster = try EmbeddedCluster(brokerCount: 1)
    let run = "term"
    for topic in ["\(run).in", "\(run).out", "\(run).dlq"] {
      try cluster.createTopic(topic, partitionCount: partitions)
    }
    for topic in ["\(run).models", "\(run).partials"] {
      try cluster.createTopic(topic, partitionCount: 1)
    }
    try TrainedLoanBook.activate(run, brokers: cluster.bootstrapServers)
    let flags =
      TrainedLoanBook.flags(run, brokers: cluster.bootstrapServers)
      + ["kafka.fetch.wait.max.ms=10", "kafka.session.timeout.ms=6000", "kafka.transaction.timeout.ms=5000"]
      .flatMap { ["--set", $0] }
    let folder = try TrainedLoanBook.folder()
    let scorer = try ScorerProcess(flags, in: folder)
    let delay = UInt32(50_000 + round * 130_000)
    let producer = try KafkaProducer(cluster.properties)
    var other: ScorerProcess?
    switch state {
    case .beforeAssignment:
      guard scorer.waitForWords("Model announced") else {
        return "\(state) \(round): no model: \(scorer.words)"
      }
      usleep(delay)
    case .idle, .midTransaction, .midRebalance, .brokersDown:
      guard scorer.waitForWords("Partitions assigned") else {
        return "\(state) \(round): never assigned: \(scorer.words)"
      }
    }
    switch state {
    case .idle, .beforeAssignment: usleep(delay)
    case .midTransaction:
      // Every answer of the broker takes so long that there is a transaction under way at any moment.
      try cluster.setRoundTrip(milliseconds: 60)
      try TrainedLoanBook.publish(0..<2_000, to: "\(run).in", partitions: partitions, with: producer)
      usleep(300_000 + delay)
    case .midRebalance:
      try TrainedLoanBook.publish(0..<200, to: "\(run).in", partitions: partitions, with: producer)
      other = try ScorerProcess(flags + ["--set", "instance=other"], in: folder)
      guard other?.waitForWords("Model announced") == true else {
        return "\(state) \(round): no second scorer"
      }
      usleep(delay * 2)
    case .brokersDown:
      if round % 2 == 1 {
        try TrainedLoanBook.publish(0..<2_000, to: "\(run).in", partitions: partitions, with: producer)
      }
      try cluster.takeDown()
      usleep(delay * 3)
    }
    scorer.send(SIGTERM)
    let seconds = scorer.waitForEnd(withinSeconds: 15)
    other?.send(SIGKILL)
    // What is in hand when no broker answers cannot be committed; 75 says so.
    let allowed: Set<Int32> = state == .brokersDown ? [0, 75] : [0]
    guard let seconds, seconds <= 10, !scorer.wasKilled, allowed.contains(scorer.status) else {
      let end = seconds.map { "\($0) s, status \(scorer.status), signal \(scorer.wasKilled)" } ?? "never"
      return "\(state) \(round): ended \(end): \(scorer.words.suffix(1_500))"
    }
    return nil
  }
}
