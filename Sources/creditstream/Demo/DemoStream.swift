import CreditEvents
import Foundation
import KafkaClient
import Logging
import ModelRegistry
import ScoringStream
import Simulation

/// The streaming part of a demo: cluster, scorer, publisher and follower in one process.
final class DemoStream: Sendable {
  private static let partitions = 4
  /// How many records may be under way.
  ///
  /// The embedded cluster keeps 5 MiB of a partition and drops the rest in silence; so many fit even if all of
  /// them go to one partition.
  private static let maximumUnderWay = 1_000

  private let cluster: EmbeddedCluster
  private let settings: ScorerSettings
  private let service: ScoringService
  private let follower: AnswerFollower
  private let material: DemoMaterial
  private let interruption = Interruption()

  /// Starts the cluster and creates the topics.
  init(_ material: DemoMaterial, workers: Int, decisionsFile: String?) throws {
    self.material = material
    cluster = try EmbeddedCluster()
    var settings = ScorerSettings()
    settings.brokers = cluster.bootstrapServers
    settings.workers = min(workers, Self.partitions)
    settings.registry = material.registry.root
    // As many records are spoilt as was asked for.
    settings.deadLetterLimit.share = 1
    // The embedded cluster does not wake a waiting fetch when a record arrives.
    settings.kafka["fetch.wait.max.ms"] = "10"
    self.settings = settings
    let topics = settings.topics
    for topic in [topics.applications, topics.decisions, topics.deadLetters] {
      try cluster.createTopic(topic, partitionCount: Self.partitions)
    }
    for topic in [topics.partials, topics.models] {
      try cluster.createTopic(topic, partitionCount: 1)
    }
    var options = ScoringService.Options()
    options.isStaticMember = false
    options.refusesRebalance = true
    var logger = Logger(label: "creditstream", factory: StreamLogHandler.standardError(label:))
    logger.logLevel = .error
    service = ScoringService(settings, options: options, logger: logger, load: ScoreCommand.loader(settings))
    let lines = try decisionsFile.map { try LineFile($0) }
    if let lines {
      follower = AnswerFollower { lines.append($0) }
    } else {
      follower = AnswerFollower()
    }
  }

  /// Publishes everything, waits for the last answer, and stops.
  func run() async throws -> DemoResult {
    try ModelLog.announce(
      material.registry.announcement(of: material.bundle, activeFromMilliseconds: 0),
      settings
    )
    follower.start(
      properties: cluster.consumerProperties,
      decisions: settings.topics.decisions,
      deadLetters: settings.topics.deadLetters,
      partitions: Self.partitions
    )
    defer { follower.stop() }
    let signals = Task { [interruption] in await interruption.listen() }
    defer { signals.cancel() }
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await self.service.run() }
      defer { service.stop() }
      Terminal.note("waiting for \(settings.workers) workers to join the group")
      try await service.waitUntilAssigned()
      let result = try await stream()
      service.stop()
      try await group.waitForAll()
      return result
    }
  }

  private func stream() async throws -> DemoResult {
    let started = ContinuousClock.now
    let bar = ProgressBar("deciding")
    let published = try await onThread { try self.publish(showing: bar) }
    let expected = published.applications
    // After the last record was sent the answers are under way; none may take longer than this without another.
    var last = (count: follower.answerCount, at: ContinuousClock.now)
    while follower.answerCount < expected, !interruption.isRequested {
      if let failure = follower.failure { throw CommandFailure("reading the answers failed: \(failure)") }
      try await Task.sleep(for: .milliseconds(50))
      show(bar, expected)
      if follower.answerCount > last.count { last = (follower.answerCount, .now) }
      guard ContinuousClock.now - last.at < .seconds(30) else { break }
    }
    let elapsed = (ContinuousClock.now - started).seconds
    bar.finish("\(Int(Double(follower.answerCount) / elapsed)) events/s")
    return DemoResult(
      published: published,
      publishedByPartition: try endOffsets(),
      ledger: follower.ledger,
      samples: follower.samples,
      statistics: service.statistics,
      seconds: elapsed,
      margins: follower.margins,
      expectedMargins: material.expectedMargins,
      wasInterrupted: interruption.isRequested
    )
  }

  private func publish(showing bar: ProgressBar) throws -> PublishProgress {
    let producer = try KafkaProducer(cluster.properties)
    var options = ApplicationPublisher.Options(applicationsTopic: settings.topics.applications)
    options.progressMilliseconds = 100
    let follower = follower
    let publisher = ApplicationPublisher(
      producer: producer,
      options: options,
      gate: BacklogGate(
        maximumRecords: Self.maximumUnderWay,
        isCancelled: { [self] in interruption.isRequested || follower.failure != nil },
        dealtWith: { follower.answerCount }
      ),
      onProgress: { [self] progress in show(bar, progress.expected ?? material.recordCount) }
    )
    let published = try publisher.publish(LiveSource(try material.source()))
    try producer.close()
    return published
  }

  private func show(_ bar: ProgressBar, _ expected: Int) {
    let statistics = service.statistics
    let answered = follower.answerCount
    let total = max(1, answered)
    let outcomes = Decision.Outcome.allCases
      .map { "\($0.rawValue) \((statistics.outcomes[$0] ?? 0) * 100 / total) %" }.joined(separator: ", ")
    bar.show(
      Double(answered) / Double(max(1, expected)),
      "\(Int(Double(answered) / max(0.1, bar.elapsedSeconds)))/s, \(outcomes), "
        + "p50 \(ScorerSummary.latency(statistics, 0.5)), p99 \(ScorerSummary.latency(statistics, 0.99))"
    )
  }

  /// How many records the cluster took, by its own account.
  private func endOffsets() throws -> [Int32: Int] {
    let admin = try KafkaAdmin(cluster.properties)
    var counts: [Int32: Int] = [:]
    for partition in 0..<Int32(Self.partitions) {
      let marks = try admin.watermarks(
        of: TopicPartition(settings.topics.applications, partition),
        timeoutMilliseconds: 5_000
      )
      counts[partition] = Int(marks.high)
    }
    return counts
  }
}

/// Runs blocking work on a thread of its own.
private func onThread<R: Sendable>(_ work: @escaping @Sendable () throws -> R) async throws -> R {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
  }
}
