import KafkaClient
import ScoringStream

/// Creates the topics that do not exist yet, with what each of them needs.
struct TopicSetup {
  /// Where outcomes go: no part of the scorer's settings, since it does not read them.
  static let outcomes = "loan.outcomes"
  /// Where the drift monitor's alerts go.
  static let alerts = "loan.drift.alerts"
  /// Outcome maturity plus an audit period: a decision must be replayable for as long.
  private static let retentionMilliseconds = 400 * 86_400_000

  var partitions = 4
  var replication: Int?

  /// Creates what is missing; existing topics are left as they are.
  ///
  /// - Returns: The names of the topics that were created.
  @discardableResult
  func run(_ settings: ScorerSettings) throws -> [String] {
    let admin = try KafkaAdmin(settings.clientProperties)
    let cluster = try admin.describeCluster(timeoutMilliseconds: 10_000)
    let existing = Set(cluster.topics.map(\.name))
    let replicas = replication ?? min(3, max(1, cluster.brokers.count))
    let kept: KafkaProperties = [
      "cleanup.policy": "delete", "retention.ms": String(Self.retentionMilliseconds),
    ]
    let wanted =
      [settings.topics.applications, settings.topics.decisions, settings.topics.deadLetters, Self.outcomes]
      .map {
        NewTopic($0, partitionCount: partitions, replicationFactor: replicas, settings: kept)
      } + [
        // One partition: announcements have one order.
        NewTopic(
          settings.topics.models,
          partitionCount: 1,
          replicationFactor: replicas,
          settings: ["cleanup.policy": "compact"]
        ),
        // One partition: the monitor is a fold over the partials in one order.
        NewTopic(settings.topics.partials, partitionCount: 1, replicationFactor: replicas, settings: kept),
        NewTopic(
          Self.alerts,
          partitionCount: 1,
          replicationFactor: replicas,
          settings: ["cleanup.policy": "compact,delete", "retention.ms": String(Self.retentionMilliseconds)]
        ),
      ]
    let missing = wanted.filter { !existing.contains($0.name) }
    guard !missing.isEmpty else { return [] }
    let results = try admin.createTopics(missing, timeoutMilliseconds: 30_000)
    for result in results {
      if let error = result.error, error.code != .topicAlreadyExists { throw error }
    }
    return missing.map(\.name)
  }
}
