import ArgumentParser
import Crypto
import FeaturePipeline
import Foundation
import ModelRegistry
import ModelTraining
import Tables

/// `creditstream train`: from a table to a registered bundle.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Fits a model on a table and registers the bundle; nothing is put in force.",
    discussion: """
      Rounds, calibration and threshold are chosen out of fold, the final model is fitted to all rows. The same
      data and seed give the same bundle.

      Example:  creditstream train --pipeline Config/pipelines/home-credit.yaml \\
                  --data application_train.csv.gz --registry models
      """
  )

  @Option(help: "The pipeline file: fields, features, training and policy.")
  var pipeline: String

  @Option(help: "The table to learn from, CSV or CSV.gz, with the target column.")
  var data: String

  @OptionGroup var history: HistoryOptions

  @Option(help: "The folder of the model registry.")
  var registry: String

  @Option(help: "The seed of everything random.")
  var seed: UInt64 = 1

  @Option(help: "Write the report as JSON to this file.")
  var metricsJSON: String?

  @Flag(help: "Print the report as JSON on standard output.")
  var json = false

  func run() throws {
    let declaration = try PipelineFile.load(pipeline)
    Terminal.note("reading \(data)")
    let table = try ApplicationTableReader(declaration.pipeline)
      .read(data, history: history.folder, note: Terminal.note)
    var options = TrainingOptions()
    options.seed = seed
    options.concurrentFits = ProcessInfo.processInfo.activeProcessorCount
    options.dataName = URL(filePath: data).lastPathComponent
    options.dataSHA256 = try Self.sha256(of: data)
    let trained = try Self.train(declaration, table, options)
    let bundle = try trained.register(in: ModelRegistry(root: registry))
    let report = trained.report.encoded()
    if let metricsJSON { try Data(report).writeAtomically(to: metricsJSON) }
    if json {
      FileHandle.standardOutput.write(Data(report))
    } else {
      Terminal.print(TrainingSummary.text(trained.report, bundle))
    }
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

  private static func sha256(of path: String) throws -> String {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw CommandFailure("\(path): cannot be read", .noInput)
    }
    var hash = SHA256()
    while let chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty { hash.update(data: chunk) }
    return hash.finalize().map { String(format: "%02x", $0) }.joined()
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
