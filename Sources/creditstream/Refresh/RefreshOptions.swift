import ArgumentParser
import Foundation
import ModelRegistry
import ModelTraining

/// What a refresh from topics is given.
struct RefreshOptions: ParsableArguments {
  @Flag(help: "Learn from the topics instead of --data: applications joined with their outcomes.")
  var fromTopics = false

  @Flag(
    help:
      "Stay, and refit from the topics on schedule (refresh.every_hours) and when a drift alert asks for it."
  )
  var watch = false

  @Flag(help: "Put the model in force if the paired test does not prove it worse than the champion.")
  var activate = false

  @Option(help: "The moment whose knowledge counts: ISO 8601, or milliseconds since 1970 (default: now).")
  var asOf: String?

  @Option(help: "The topic of outcomes.")
  var outcomesTopic = TopicSetup.outcomes

  @Option(help: "The topic of drift alerts.")
  var alertsTopic = "loan.drift.alerts"

  @Option(help: "With --watch: end after so many refreshes (default: never).")
  var refreshes: Int?

  @OptionGroup var connection: ConnectionOptions

  /// Whether the topics are read at all.
  var isUsed: Bool { fromTopics || watch }

  func validate() throws {
    guard isUsed || !activate && asOf == nil && refreshes == nil else {
      throw ValidationError("--activate, --as-of and --refreshes belong to --from-topics or --watch.")
    }
    guard refreshes.map({ $0 >= 1 }) ?? true else { throw ValidationError("--refreshes needs at least 1.") }
  }

  /// Runs one refresh, or watches until interrupted.
  func run(
    _ file: ExperimentFile,
    registry: ModelRegistry,
    show: (ExperimentReport, ModelBundle) throws -> Void
  ) async throws {
    let moment = try asOf.map(ModelActivateCommand.moment)
    let job = RefreshJob(
      file: file,
      settings: try connection.load(),
      registry: registry,
      outcomesTopic: outcomesTopic,
      activates: activate
    )
    guard watch else {
      let result = try job.run(asOf: moment ?? RefreshJob.now())
      try show(result.report, result.bundle)
      return Terminal.print(job.text(result))
    }
    let hours = file.experiment.refresh.everyHours
    try await RefreshWatch(
      job: job,
      alertsTopic: alertsTopic,
      interval: hours.map { .seconds($0 * 3_600) },
      limit: refreshes,
      asOf: moment
    ).run()
  }
}
