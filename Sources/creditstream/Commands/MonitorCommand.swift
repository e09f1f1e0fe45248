import ArgumentParser
import CreditEvents
import DriftDetection
import DriftMonitoring
import Foundation
import Logging
import ModelRegistry
import ServiceLifecycle
import Settings
import StrictJSON
import UnixSignals

/// `creditstream monitor`: the drift monitor.
struct MonitorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "monitor",
    abstract: "Merges what the scorers counted and raises alerts when the population drifts.",
    discussion: """
      Its state is the partials topic, which it reads from the begin at each start; what it has said already it finds on the
      alerts topic, so that a restart raises no alert twice. Exit codes are in the documentation.

      Example:  creditstream monitor --settings Config/monitor.yaml --brokers localhost:9092 --registry models
      """
  )

  @Option(help: "Settings file; without one the defaults hold.")
  var settings: String?

  @Option(help: "Brokers as host:port, separated by commas. Also KAFKA_BOOTSTRAP_SERVERS.")
  var brokers: String?

  @Option(
    name: .customLong("set"),
    help: "A setting in place of the file's, as section.key=value. Repeatable."
  )
  var overrides: [String] = []

  @Option(help: "The folder of the model registry, in place of the settings file's.")
  var registry: String?

  @Flag(help: "Stop at the end that the partials have now.")
  var untilEnd = false

  @Flag(help: "Also join decisions with outcomes, and judge what the model was worth.")
  var outcomes = false

  @Option(help: "Keep a page of gauges here, for Prometheus' textfile collector.")
  var metricsFile: String?

  @Flag(help: "At the end, write what was merged as JSON to standard output.")
  var json = false

  @Option(
    help: "How much to log: trace, debug, info, notice, warning, error.",
    transform: { text in
      guard let level = Logger.Level(rawValue: text) else { throw ValidationError("\(text) is no log level") }
      return level
    }
  )
  var logLevel: Logger.Level = .info

  func run() async throws {
    let settings = try load()
    var logger = Logger(label: "creditstream", factory: StreamLogHandler.standardError(label:))
    logger.logLevel = logLevel
    var options = MonitorService.Options()
    options.untilEnd = untilEnd
    options.joinsOutcomes = outcomes
    options.metricsFile = metricsFile
    let service = try MonitorService(settings, options: options, logger: logger, find: Self.finder(settings))
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: logger
      )
    )
    try await group.run()
    let summary = MonitorSummary(service.fold, service.outcomes, unreadable: service.unreadableCount)
    if json { Terminal.print(summary.json) } else { Terminal.note(summary.text) }
  }

  private func load() throws -> MonitorSettings {
    let environment = ProcessInfo.processInfo.environment
    let overrides = try SettingOverrides(environment: environment, flags: overrides)
    let file =
      try settings.map { try YAMLFile(path: $0, overrides: overrides) }
      ?? YAMLFile(text: "", path: "(no settings file)", overrides: overrides)
    var loaded = try file.decode(MonitorSettings.self)
    if let named = brokers ?? environment["KAFKA_BOOTSTRAP_SERVERS"] { loaded.brokers = named }
    if let registry { loaded.registry = registry }
    return loaded
  }

  /// How models named by partials become references: from the registry, with every check.
  static func finder(_ settings: MonitorSettings) -> MonitorService.FindReference {
    let registry = ModelRegistry(root: settings.registry)
    return { model in
      let bundle = try registry.bundle(model.name, version: model.version)
      guard bundle.manifest.model == model else {
        throw RegistryError(
          .wrongDigest,
          bundle.path,
          "is another bundle than the scorers use: \(model.sha256)"
        )
      }
      guard let reference = bundle.reference else {
        throw DriftError(.emptyReference, "its bundle has no reference.json; train the model again")
      }
      return reference
    }
  }
}
