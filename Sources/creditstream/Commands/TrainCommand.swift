import ArgumentParser
import FeaturePipeline
import Foundation
import ModelRegistry
import ModelTraining
import Tables

/// `creditstream train`: from a table to a registered bundle.
struct TrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Fits a model on a table and registers the bundle; nothing is put in force.",
    discussion: """
      Rounds, calibration and threshold are chosen out of fold, the final model is fitted to all rows. The same
      data and seed give the same bundle.

      Example:  creditstream train --pipeline Config/pipelines/home-credit.yaml \\
                  --data application_train.csv.gz --registry models

      With --experiment a whole experiment is run instead: several kinds of model, resampling and a search, all chosen
      on folds and reported on rows that nothing was chosen on. An interrupted one goes on from its journal when the
      same command is given again.

      Example:  creditstream train --experiment Config/training/home-credit.yaml \\
                  --data application_train.csv.gz --registry models

      With --from-topics the applications come from Kafka, joined with their outcomes under the file's maturity; with
      --watch the command stays and refits on schedule and when a drift alert asks for it.

      Example:  creditstream train --experiment Config/training/home-credit.yaml --watch --activate \\
                  --registry models --brokers localhost:9092
      """
  )

  @Option(help: "The pipeline file: fields, features, training and policy.")
  var pipeline: String?

  @Option(help: "The experiment file, in place of --pipeline: models, search, resampling and validation.")
  var experiment: String?

  @Option(help: "The table to learn from, CSV or CSV.gz, with the target column.")
  var data: String?

  @OptionGroup var history: HistoryOptions

  @Option(help: "The folder of the model registry.")
  var registry: String

  @Option(help: "The seed of everything random (default: 1, or what the experiment file says).")
  var seed: UInt64?

  @Option(help: "The journal of an experiment (default: under the registry).")
  var journal: String?

  @Option(help: "The version that an experiment is compared with (default: the one activated last).")
  var champion: String?

  @Option(help: "Write what the experiment's chosen model says about rows it did not see to this file, CSV.")
  var predictions: String?

  @Flag(help: "Shuffle the outcomes among the rows: nothing may be learnt then, and nothing is registered.")
  var shuffleTargets = false

  @Option(help: "Write the report as JSON to this file.")
  var metricsJSON: String?

  @OptionGroup(title: "Refresh from topics") var refresh: RefreshOptions

  @Flag(help: "Print the report as JSON on standard output.")
  var json = false

  func validate() throws {
    guard (pipeline == nil) != (experiment == nil) else {
      throw ValidationError("Give either --pipeline FILE or --experiment FILE.")
    }
    let only = [journal != nil, champion != nil, predictions != nil, shuffleTargets].contains(true)
    guard experiment != nil || !only else {
      throw ValidationError(
        "--journal, --champion, --predictions and --shuffle-targets belong to --experiment."
      )
    }
  }

  func run() async throws {
    if let metricsJSON { _ = try AtomicFile(metricsJSON) }
    if let experiment, refresh.isUsed {
      let file = try ExperimentFile(experiment, seed: seed)
      try await refresh.run(file, registry: ModelRegistry(root: registry)) { report, bundle in
        try show(report.encoded(), ExperimentSummary.text(report, bundle))
      }
    } else if let experiment, let data {
      try runExperiment(experiment, data)
    } else if let pipeline, let data {
      try runPipeline(pipeline, data)
    }
  }

  private func runExperiment(_ path: String, _ data: String) throws {
    let work = ExperimentWork(
      file: try ExperimentFile(path, seed: seed),
      data: data,
      history: history,
      registry: ModelRegistry(root: registry),
      journal: journal,
      champion: champion,
      shufflesTargets: shuffleTargets
    )
    let (outcome, bundle) = try work.run(predictions: predictions)
    try show(outcome.report.encoded(), ExperimentSummary.text(outcome.report, bundle))
  }

  private func show(_ report: [UInt8], _ text: String) throws {
    if let metricsJSON { try Data(report).writeAtomically(to: metricsJSON) }
    if json {
      FileHandle.standardOutput.write(Data(report))
    } else {
      Terminal.print(text)
    }
  }

  private func runPipeline(_ pipeline: String, _ data: String) throws {
    let declaration = try PipelineFile.load(pipeline)
    Terminal.note("reading \(data)")
    let table = try ApplicationTableReader(declaration.pipeline)
      .read(data, history: history.folder, note: Terminal.note)
    var options = TrainingOptions()
    options.seed = seed ?? 1
    options.concurrentFits = ProcessInfo.processInfo.activeProcessorCount
    options.dataName = URL(filePath: data).lastPathComponent
    options.dataSHA256 = try FileDigest.sha256(of: data)
    let trained = try Self.train(declaration, table, options)
    let bundle = try trained.register(in: ModelRegistry(root: registry))
    try show(trained.report.encoded(), TrainingSummary.text(trained.report, bundle))
  }

  /// Trains with a progress bar.
  static func train(
    _ declaration: TrainingDeclaration,
    _ table: ApplicationTable,
    _ options: TrainingOptions
  ) throws -> TrainedModel {
    let bar = ProgressBar("training")
    let trained = try TrainingRun(declaration: declaration, table: table, options: options).run { progress in
      bar.show(progress.fraction, progress.text)
    }
    bar.finish("\(trained.report.rounds) rounds")
    return trained
  }
}

extension Data {
  /// Writes a file that is there whole or not at all.
  func writeAtomically(to path: String) throws {
    let file = try AtomicFile(path)
    try file.write(Array(self))
    try file.commit()
  }
}
