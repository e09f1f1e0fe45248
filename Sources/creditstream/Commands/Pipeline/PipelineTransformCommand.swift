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
      Further tables follow the first in the output. --check-events also takes every row the way of the stream, as
      an event with its history in arrays, and writes nothing if a single bit of a feature differs.

      Example:  creditstream pipeline transform --pipeline Config/pipelines/home-credit-history.yaml \\
                  --input application_train.csv.gz --input application_test.csv.gz --history . \\
                  --output features.csv.gz --check-events
      """
  )

  @Option(help: "The bundle's folder.")
  var model: String?

  @Option(help: "A pipeline file; it is fitted to the table.")
  var pipeline: String?

  @Option(
    help: "The table, CSV or CSV.gz; may be given several times, a pipeline file is fitted to the first."
  )
  var input: [String]

  @OptionGroup var history: HistoryOptions

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
    guard !input.isEmpty else { throw ValidationError("give a table with --input") }
  }

  func run() throws {
    let folder = history.folder
    var fitted = try model.map { try ModelBundle(at: $0).model.pipeline }
    var parts: [(ids: [String], matrix: FeatureMatrix)] = []
    var seconds = 0.0
    for path in input {
      Terminal.note("reading \(path)")
      let (table, pipeline) = try read(path, folder, fitted)
      fitted = pipeline
      let start = ContinuousClock.now
      let matrix = try pipeline.transform(table)
      seconds += (ContinuousClock.now - start).seconds
      if checkEvents {
        try EventComparison(pipeline: pipeline, input: path, history: folder).run(against: matrix)
      }
      parts.append((table.ids, matrix))
    }
    let rowCount = parts.reduce(0) { $0 + $1.matrix.rowCount }
    Terminal.note(
      "\(rowCount) rows of \(parts[0].matrix.columnCount) features in \(Terminal.fixed(seconds, 3)) s on one core, "
        + "\(Int(Double(rowCount) / max(seconds, 1e-9))) rows/s"
    )
    try write(parts, rowCount)
    Terminal.note("\(rowCount) rows written to \(output)")
  }

  /// Reads a table for a fitted pipeline, or for the one that is fitted to it.
  private func read(
    _ path: String,
    _ folder: HistoryFolder?,
    _ fitted: FittedPipeline?
  ) throws -> (ApplicationTable, FittedPipeline) {
    if let fitted {
      return (try ApplicationTableReader(fitted).read(path, history: folder, note: Terminal.note), fitted)
    }
    let declaration = try PipelineFile.load(pipeline ?? PipelineFile.standard)
    let reader = try ApplicationTableReader(declaration.pipeline)
    let table = try reader.read(path, history: folder, note: Terminal.note)
    let pipeline = try FittedPipeline.fit(
      declaration.pipeline,
      table: table,
      seed: seed,
      rules: declaration.policy.knockOuts.map { try Expression($0.when) }
    )
    return (table, pipeline)
  }

  private func write(_ parts: [(ids: [String], matrix: FeatureMatrix)], _ rowCount: Int) throws {
    let writer = try CSVWriter(output, header: ["application_id"] + parts[0].matrix.names)
    let bar = ProgressBar("writing")
    var written = 0
    for (ids, matrix) in parts {
      for row in 0..<matrix.rowCount {
        writer.cell(ids[row])
        for column in 0..<matrix.columnCount { writer.cell(matrix[row, column]) }
        try writer.endRow()
        written += 1
        if written % 1_000 == 0 { bar.show(Double(written) / Double(rowCount)) }
      }
    }
    try writer.finish()
    bar.finish()
  }
}
