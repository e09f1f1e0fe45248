import ArgumentParser
import Foundation
import Logging
import ScoringAPI
import ServiceLifecycle
import Settings
import Telemetry
import UnixSignals

/// `creditstream serve`: the HTTP API.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Decides applications over HTTP, by the same code as the stream, until it is told to stop.",
    discussion: """
      Alone it serves a model of the registry; with --brokers it follows the models topic and writes every decision to
      the decisions topic before it answers. Try it at http://127.0.0.1:8080/docs.

      Example:  creditstream serve --registry models --model home-credit
      """,
    subcommands: [ServeKeyCommand.self]
  )

  @Option(help: "Settings file; without one the defaults hold. See Config/serve.yaml.")
  var settings: String?

  @Option(
    name: .customLong("set"),
    help: "A setting in place of the file's, as section.key=value. Repeatable."
  )
  var overrides: [String] = []

  @Option(help: "The folder of the model registry, in place of the settings file's.")
  var registry: String?

  @Option(help: "The model to serve, if the registry holds several.")
  var model: String?

  @Option(help: "Where to listen, as host:port. Anything but loopback needs a key file.")
  var listen: String?

  @Option(help: "The file of API keys; `creditstream serve key` makes an entry.")
  var keyFile: String?

  @Option(help: "Brokers as host:port, separated by commas; without any the API runs alone.")
  var brokers: String?

  @Option(
    help: "How much to log: trace, debug, info, notice, warning, error. At debug every request is logged.",
    transform: { text in
      guard let level = Logger.Level(rawValue: text) else { throw ValidationError("\(text) is no log level") }
      return level
    }
  )
  var logLevel: Logger.Level = .info

  func run() async throws {
    let loaded = try load()
    var logger = Logger(label: "creditstream", factory: { _ in JSONLogHandler() })
    logger.logLevel = logLevel
    let service = ScoringAPIService(loaded, logger: logger) { port in
      Terminal.note("listening on \(loaded.host):\(port); try http://127.0.0.1:\(port)/docs")
    }
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
        gracefulShutdownSignals: [.sigterm, .sigint],
        logger: logger
      )
    )
    try await group.run()
  }

  private func load() throws -> APISettings {
    let overrides = try SettingOverrides(environment: ProcessInfo.processInfo.environment, flags: overrides)
    let file =
      try settings.map { try YAMLFile(path: $0, overrides: overrides) }
      ?? YAMLFile(text: "", path: "(no settings file)", overrides: overrides)
    var loaded = try file.decode(APISettings.self)
    if let registry { loaded.registry = registry }
    if let model { loaded.model = model }
    if let keyFile { loaded.keyFile = keyFile }
    if let brokers { loaded.kafka.brokers = brokers }
    if let listen {
      let parts = listen.split(separator: ":")
      guard let last = parts.last, let port = Int(last), parts.count > 1 else {
        throw CommandFailure("--listen \(listen): write host:port, such as 127.0.0.1:8080", .usage)
      }
      loaded.port = port
      // An IPv6 address is written in brackets here, and without them to the system.
      loaded.host = String(listen.dropLast(last.count + 1).filter { $0 != "[" && $0 != "]" })
    }
    let problems = loaded.problems()
    guard problems.isEmpty else {
      throw SettingsError(problems.map { file.problem(at: $0.path, $0.message) })
    }
    return loaded
  }
}
