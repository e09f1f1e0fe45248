import ArgumentParser
import FeaturePipeline
import Foundation
import ModelTraining
import Settings
import Simulation
import Tables

/// Rows to plant drift into: of a file, or simulated ones.
struct RowOptions: ParsableArguments {
  @Option(help: "Real rows, CSV or CSV.gz; without it rows are simulated.")
  var data: String?

  @Option(help: "The pipeline file that says what the columns are.")
  var pipeline = PipelineFile.standard

  @Option(help: "The file that declares the simulated population.")
  var simulation = "Config/simulations/home-credit.yaml"

  @Option(help: "The file that declares the scenarios.")
  var scenarios = "Config/scenarios/home-credit.yaml"

  /// The scenarios of the file.
  func loadScenarios() throws -> DriftScenarios { try DriftScenarios(file: YAMLFile(path: scenarios)) }

  /// Reads the rows of the file, at most so many, or simulates so many by their own seed.
  func load(
    count: Int?,
    seed: UInt64,
    progress: @escaping (Double) -> Void
  ) throws -> (table: ApplicationTable, layout: TableLayout) {
    let declaration = try PipelineFile.load(pipeline).pipeline
    guard declaration.history.isEmpty else {
      throw CommandFailure(
        "\(pipeline): a pipeline with history tables has no rows of its own; use one without"
      )
    }
    guard let data else {
      let simulator = try Simulator(file: YAMLFile(path: simulation), seed: seed)
      return (
        try simulator.table(0..<(count ?? 20_000), as: declaration.schema()), declaration.layout
      )
    }
    let table = try ApplicationTableReader(declaration).read(data, progress: progress)
    guard table.rowCount > 0 else {
      throw CommandFailure("\(data): the table has no rows; give one with applications")
    }
    guard let count, count < table.rowCount else { return (table, declaration.layout) }
    return (table.subset(rows: Array(0..<count)), declaration.layout)
  }
}
