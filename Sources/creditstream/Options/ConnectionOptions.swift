import ArgumentParser
import Foundation
import KafkaClient
import ScoringStream
import Settings

/// Where Kafka is and how to reach it, for every command that speaks to it.
///
/// The brokers come from the first of: `--brokers`, `KAFKA_BOOTSTRAP_SERVERS`, the settings file.
struct ConnectionOptions: ParsableArguments {
  @Option(help: "Settings file; without one the defaults hold.")
  var settings: String?

  @Option(help: "Brokers as host:port, separated by commas. Also KAFKA_BOOTSTRAP_SERVERS.")
  var brokers: String?

  @Option(
    name: .customLong("set"),
    help: "A setting in place of the file's, as section.key=value. Repeatable."
  )
  var overrides: [String] = []

  /// The settings with all that takes the place of them.
  func load() throws -> ScorerSettings {
    let environment = ProcessInfo.processInfo.environment
    let overrides = try SettingOverrides(environment: environment, flags: overrides)
    let file =
      try settings.map { try YAMLFile(path: $0, overrides: overrides) }
      ?? YAMLFile(text: "", path: "(no settings file)", overrides: overrides)
    var loaded = try file.decode(ScorerSettings.self)
    if let named = brokers ?? environment["KAFKA_BOOTSTRAP_SERVERS"] { loaded.brokers = named }
    let problems = loaded.problems()
    guard problems.isEmpty else {
      throw SettingsError(problems.map { file.problem(at: $0.path, $0.message) })
    }
    return loaded
  }
}

extension ScorerSettings {
  /// What a client of librdkafka needs to reach the cluster.
  var clientProperties: KafkaProperties {
    var properties = KafkaProperties(kafka.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    properties["bootstrap.servers"] = brokers
    return properties
  }
}
