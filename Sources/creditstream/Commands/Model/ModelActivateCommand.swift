import ArgumentParser
import CreditEvents
import Foundation
import KafkaClient
import ModelRegistry
import ScoringStream
import StrictJSON

/// `creditstream model activate`: announces a bundle, so that the running scorers take it over.
struct ModelActivateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "activate",
    abstract: "Puts a model in force by announcing it on the models topic.",
    discussion: """
      The scorers take it over between two transactions, at the first batch whose records are all at or after
      --active-from.

      Without Kafka the registry itself says what is in force, to every `serve` that runs alone on it.

      Example:  creditstream model activate home-credit 2 --registry models --brokers localhost:9092
                creditstream model activate home-credit 2 --registry models --without-kafka
      """
  )

  @Argument(help: "The model's name.")
  var name: String

  @Argument(help: "The version.")
  var version: String

  @OptionGroup var options: RegistryOptions
  @OptionGroup var connection: ConnectionOptions

  @Option(
    help: "From which record time on it decides: ISO 8601, or milliseconds since 1970. Default: all records."
  )
  var activeFrom: String?

  @Flag(help: "Say it in the registry instead of on the models topic.")
  var withoutKafka = false

  func run() throws {
    let registry = ModelRegistry(root: options.registry)
    let bundle = try registry.bundle(name, version: version)
    if withoutKafka {
      try registry.activate(
        registry.announcement(of: bundle, activeFromMilliseconds: try Self.moment(activeFrom))
      )
      return Terminal.print("\(name) version \(version) is in force in \(options.registry)")
    }
    let settings = try connection.load()
    if let current = try ModelLog.read(settings).last, current.model.name == name,
      let now = Int(current.model.version), let next = Int(version), next < now
    {
      throw CommandFailure(
        "version \(now) is in force and \(next) is older: use `creditstream model rollback` to go back",
        .usage
      )
    }
    let announcement = registry.announcement(of: bundle, activeFromMilliseconds: try Self.moment(activeFrom))
    try ModelLog.announce(announcement, settings)
    Terminal.print("announced \(name) version \(version) on \(settings.topics.models)")
  }

  static func moment(_ text: String?) throws -> Int64 {
    guard let text else { return 0 }
    if let milliseconds = Int64(text) { return milliseconds }
    guard let date = try? Date(text, strategy: .iso8601) else {
      throw CommandFailure("\(text) is no time: give 2026-01-31T12:00:00Z or milliseconds since 1970", .usage)
    }
    return Int64((date.timeIntervalSince1970 * 1000).rounded())
  }
}

/// `creditstream model rollback`: the only way back to an older model.
struct ModelRollbackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Goes back to the model that was in force before, or to a given version.",
    discussion: "Example:  creditstream model rollback home-credit --registry models --brokers localhost:9092"
  )

  @Argument(help: "The model's name.")
  var name: String

  @Option(help: "The version to go back to; the one before the current by default.")
  var to: String?

  @OptionGroup var options: RegistryOptions
  @OptionGroup var connection: ConnectionOptions

  func run() throws {
    let registry = ModelRegistry(root: options.registry)
    let settings = try connection.load()
    let announced = try ModelLog.read(settings).filter { $0.model.name == name }
    guard let current = announced.last else {
      throw CommandFailure("no version of \(name) was announced on \(settings.topics.models)", .usage)
    }
    let before = announced.last { $0.model != current.model }?.model.version
    guard let version = to ?? before else {
      throw CommandFailure(
        "only version \(current.model.version) was ever in force: there is nothing before it",
        .usage
      )
    }
    let bundle = try registry.bundle(name, version: version)
    try ModelLog.announce(
      registry.announcement(of: bundle, activeFromMilliseconds: 0, isRollback: true),
      settings
    )
    Terminal.print("announced the way back from version \(current.model.version) to \(version)")
  }
}
