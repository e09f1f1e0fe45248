import ArgumentParser
import CreditScoring
import Foundation
import Logging
import ModelRegistry
import ScoringStream
import ServiceLifecycle
import UnixSignals

/// `creditstream score`: the stream scorer.
struct ScoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Decides applications from Kafka, exactly once, until it is told to stop.",
    discussion: """
      SIGTERM and Ctrl-C let every worker finish and commit its batch; exit codes are in the documentation.

      Example:  creditstream score --settings Config/creditstream.yaml --brokers localhost:9092
      """
  )

  @OptionGroup var connection: ConnectionOptions

  @Option(help: "The folder of the model registry, in place of the settings file's.")
  var registry: String?

  @Flag(help: "Stop when everything that was there at the start is decided.")
  var untilEnd = false

  @Flag(help: "Trade exactly-once for latency: after a crash some applications may be answered twice.")
  var atLeastOnce = false

  @Flag(help: "Create the topics that do not exist.")
  var createTopics = false

  @Option(
    help: "How much to log: trace, debug, info, notice, warning, error.",
    transform: { text in
      guard let level = Logger.Level(rawValue: text) else { throw ValidationError("\(text) is no log level") }
      return level
    }
  )
  var logLevel: Logger.Level = .info

  func run() async throws {
    var settings = try connection.load()
    if let registry { settings.registry = registry }
    if atLeastOnce { settings.delivery = .atLeastOnce }
    if createTopics {
      for topic in try TopicSetup().run(settings) { Terminal.note("created \(topic)") }
    }
    var logger = Logger(label: "creditstream", factory: StreamLogHandler.standardError(label:))
    logger.logLevel = logLevel
    var options = ScoringService.Options()
    options.untilEnd = untilEnd
    let environment = ProcessInfo.processInfo.environment
    options.plannedCrash = try environment[PlannedCrash.variable].map(PlannedCrash.init)
    let service = ScoringService(settings, options: options, logger: logger, load: Self.loader(settings))
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: logger
      )
    )
    try await group.run()
    Terminal.note(ScorerSummary.text(service.statistics))
  }

  /// How announced bundles become scorers: from the registry, with every check.
  static func loader(_ settings: ScorerSettings) -> ScoringService.LoadModel {
    let registry = ModelRegistry(root: settings.registry)
    let reasons = settings.reasons
    return { announcement in
      let bundle = try registry.bundle(for: announcement)
      let model = bundle.model
      guard let reference = bundle.reference else {
        return { ApplicationScorer(model: model, reasons: reasons) }
      }
      return { WatchingScorer(ApplicationScorer(model: model, reasons: reasons), reference: reference) }
    }
  }
}
