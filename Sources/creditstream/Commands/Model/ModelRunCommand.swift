import ArgumentParser
import FeaturePipeline
import Foundation
import Tables
import TreeEnsemble

/// `creditstream model run`: a model file alone, on a plain matrix of numbers.
struct ModelRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a model file on a numeric table: margins, and contributions if asked for.",
    discussion: """
      The file may be XGBoost's JSON or UBJSON (1.3 to 3.4), or LightGBM's text (v3, v4). The table has a header line;
      an empty cell is missing. Columns are taken in the order of the table.

      Example:  creditstream model run --file model.json --matrix rows.csv --contributions --output out.csv
      """
  )

  @Option(help: "The model file.")
  var file: String

  @Option(help: "The table, CSV or CSV.gz.")
  var matrix: String

  @Flag(help: "Also write the exact contribution of every column, and the base.")
  var contributions = false

  @Option(help: "The file to write, CSV.")
  var output: String

  func run() throws {
    guard let bytes = FileManager.default.contents(atPath: file) else {
      throw CommandFailure("\(file): cannot be read", .noInput)
    }
    let ensemble: TreeEnsemble
    do {
      ensemble = try TreeEnsemble(anyFormat: Array(bytes))
    } catch {
      throw CommandFailure("\(file): \(error)")
    }
    let rows = try FeatureMatrixReader.read(matrix)
    guard rows.columnCount == ensemble.featureCount else {
      throw CommandFailure(
        "\(matrix) has \(rows.columnCount) columns, the model reads \(ensemble.featureCount): give the table it was "
          + "trained on"
      )
    }
    let names = contributions ? rows.names.map { "contribution: \($0)" } + ["base"] : []
    let writer = try CSVWriter(output, header: ["margin"] + names)
    var shares = [Double](repeating: 0, count: rows.columnCount + 1)
    for row in 0..<rows.rowCount {
      let range = row * rows.columnCount..<(row + 1) * rows.columnCount
      rows.values.withUnsafeBufferPointer { values in
        let features = UnsafeBufferPointer(rebasing: values[range])
        writer.cell(ensemble.margin(features))
        guard contributions else { return }
        shares.withUnsafeMutableBufferPointer { ensemble.contributions(features, into: $0) }
      }
      if contributions { shares.forEach { writer.cell($0) } }
      try writer.endRow()
    }
    try writer.finish()
    Terminal.note("\(rows.rowCount) rows written to \(output)")
  }
}
