import CreditEvents
import FeaturePipeline
import Foundation
import KafkaClient
import ModelRegistry
import ModelTraining
import ScoringStream

/// One refresh: from the topics to a registered bundle, and into force if it may.
struct RefreshJob {
  /// What a refresh led to.
  struct Result {
    let report: ExperimentReport
    let bundle: ModelBundle
    let verdict: RefreshVerdict
    let isActivated: Bool
  }

  let file: ExperimentFile
  let settings: ScorerSettings
  let registry: ModelRegistry
  let outcomesTopic: String
  /// Whether a bundle that is not worse is put in force.
  let activates: Bool

  /// Runs one refresh.
  ///
  /// - Parameter asOf: The moment whose knowledge counts, milliseconds since 1970.
  /// - Returns: The bundle, and whether it was put in force.
  /// - Throws: What the topics, the training or the registry say; the model in force stays so.
  func run(asOf: Int64) throws -> Result {
    let rows = try TopicTable(file, settings, outcomes: outcomesTopic, asOf: asOf)
    var options = ExperimentOptions()
    options.width = ProcessInfo.processInfo.activeProcessorCount
    options.dataName = "\(settings.topics.applications) and \(outcomesTopic)"
    options.dataSHA256 = rows.sha256
    options.champion = try champion()
    let bar = ProgressBar("refit")
    let outcome = try ExperimentRun(
      file.experiment,
      declaration: file.declaration,
      table: rows.table,
      options: options
    ).run { bar.show($0.fraction, $0.text) }
    bar.finish("\(outcome.report.candidates.count) candidates")
    let bundle = try outcome.register(in: registry)
    let verdict = RefreshVerdict(outcome.report)
    let isActivated = activates && verdict.isAllowed
    if isActivated {
      // Every record from now on; what was published before keeps the model it was published under.
      let announcement = registry.announcement(of: bundle, activeFromMilliseconds: Self.now())
      try ModelLog.announce(announcement, settings)
    }
    return Result(report: outcome.report, bundle: bundle, verdict: verdict, isActivated: isActivated)
  }

  /// What became of the bundle, in one line.
  func text(_ result: Result) -> String {
    let model = result.bundle.manifest.model
    let name = "\(model.name) version \(model.version)"
    guard !result.isActivated else { return "\(name) registered and put in force; \(result.verdict.reason)" }
    let why = activates ? "" : "--activate was not given; "
    return "\(name) registered, not put in force: \(why)\(result.verdict.reason)"
  }

  /// The model in force by the models topic; nil before the first.
  private func champion() throws -> ModelBundle? {
    let name = file.declaration.pipeline.name
    guard let active = try ModelLog.read(settings).last(where: { $0.model.name == name }) else { return nil }
    return try registry.bundle(for: active)
  }

  static func now() -> Int64 { Int64((Date.now.timeIntervalSince1970 * 1000).rounded()) }
}
