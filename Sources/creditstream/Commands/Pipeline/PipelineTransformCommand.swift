import ArgumentParser
import CreditEvents
import CreditScoring
import FeaturePipeline
import Foundation
import ModelRegistry
import ModelTraining
import Simulation
import Tables

/// `creditstream pipeline transform`: the features of a table, as the model takes them.
struct PipelineTransformCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transform",
    abstract: "Writes the features of a table, as the model takes them.",
    discussion: """
      With --model the bundle's pipeline computes them, with --pipeline one that is fitted to the table itself.
      --check-events also takes every row the way of the stream, as an event with its history in arrays, and
      writes nothing if a single bit of a feature differs.

      Example:  creditstream pipeline transform --pipeline Config/pipelines/home-credit-history.yaml \\
                  --input application_train.csv.gz --history . --output features.csv.gz --check-events
      """
  )

  @Option(help: "The bundle's folder.")
  var model: String?

  @Option(help: "A pipeline file; it is fitted to the table.")
  var pipeline: String?

  @Option(help: "The table, CSV or CSV.gz.")
  var input: String

  @Option(help: "The folder of the history tables, for a pipeline that declares some.")
  var history: String?

  @Option(help: "The file to write, CSV; compressed if its name ends in .gz.")
  var output: String

  @Option(help: "The seed of target encodings' folds; it has no influence on the features of a bundle.")
  var seed: UInt64 = 1

  @Flag(help: "Also compute every row from its event and compare the bits.")
  var checkEvents = false

  func validate() throws {
    guard (model == nil) != (pipeline == nil) else {
      throw ValidationError("give either --model or --pipeline")
    }
  }

  func run() throws {
    let folder = history.map { HistoryFolder($0) }
    let table: ApplicationTable
    let fitted: FittedPipeline
    Terminal.note("reading \(input)")
    if let model {
      fitted = try ModelBundle(at: model).model.pipeline
      table = try ApplicationTableReader(fitted).read(input, history: folder, note: Terminal.note)
    } else {
      let declaration = try PipelineFile.load(pipeline ?? PipelineFile.standard)
      table = try ApplicationTableReader(declaration.pipeline).read(
        input,
        history: folder,
        note: Terminal.note
      )
      fitted = try FittedPipeline.fit(
        declaration.pipeline,
        table: table,
        seed: seed,
        rules: declaration.policy.knockOuts.map { try Expression($0.when) }
      )
    }
    let clock = ContinuousClock()
    let start = clock.now
    let matrix = try fitted.transform(table)
    let seconds = (clock.now - start).seconds
    Terminal.note(
      "\(matrix.rowCount) rows of \(matrix.columnCount) features in \(Terminal.fixed(seconds, 3)) s on one core, "
        + "\(Int(Double(matrix.rowCount) / max(seconds, 1e-9))) rows/s"
    )
    if checkEvents {
      try EventComparison(pipeline: fitted, input: input, history: folder).run(against: matrix)
    }
    try write(matrix, table)
    Terminal.note("\(matrix.rowCount) rows written to \(output)")
  }

  private func write(_ matrix: FeatureMatrix, _ table: ApplicationTable) throws {
    let writer = try CSVWriter(output, header: ["application_id"] + matrix.names)
    let bar = ProgressBar("writing")
    for row in 0..<matrix.rowCount {
      writer.cell(table.ids[row])
      for column in 0..<matrix.columnCount { writer.cell(matrix[row, column]) }
      try writer.endRow()
      if row % 1_000 == 0 { bar.show(Double(row) / Double(matrix.rowCount)) }
    }
    try writer.finish()
    bar.finish()
  }
}
