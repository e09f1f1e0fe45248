import ArgumentParser
import FeaturePipeline
import Foundation
import Tables
import TreeEnsemble
import XGBoost

/// `creditstream bench trees`: our engine and libxgboost, in turns, on one core.
struct BenchTreesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trees",
    abstract: "Measures margins and contributions of a model, beside libxgboost, on one core.",
    discussion: """
      The two take turns within one run, so that a slow moment of the machine hits both; medians count. libxgboost \
      is called with a reused proxy matrix and, for contributions, with matrices made ahead. The rows are taken one \
      after the other, so that none is in the cache from the call before; "evicted" reads and writes 1 MB of other \
      memory before each call. Before anything is measured, the results of both are compared.

      Example:  creditstream bench trees --model M.ubj --matrix rows.csv --peer libxgboost.so --json
      """
  )

  @Option(help: "The model file, XGBoost's JSON or UBJSON.")
  var model: String

  @Option(help: "The rows, CSV or CSV.gz with a header line; 2,000 or more are best.")
  var matrix: String

  @Option(help: "Another libxgboost.so to measure beside; the linked one without it.")
  var peer: String?

  @Option(help: "How often each of the two gets its turn.")
  var turns = 40

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard turns >= 3 else { throw ValidationError("--turns needs at least 3") }
  }

  func run() throws {
    guard let bytes = FileManager.default.contents(atPath: model).map({ Array($0) }) else {
      throw CommandFailure("\(model): cannot be read", .noInput)
    }
    let rows = try FeatureMatrixReader.read(matrix)
    let loadTimes = try (0..<5).map { _ in
      try ContinuousClock().measure { _ = try Self.ensemble(bytes, model) }.seconds * 1e3
    }
    let ensemble = try Self.ensemble(bytes, model)
    guard rows.columnCount == ensemble.featureCount, rows.rowCount >= 64 else {
      throw CommandFailure(
        "\(matrix) has \(rows.rowCount) rows of \(rows.columnCount) columns; give at least 64 of "
          + "\(ensemble.featureCount), as the model reads them"
      )
    }
    let library = try PeerLibrary(path: peer)
    let core = PeerLibrary.pinThread()
    let booster = try PeerBooster(model: bytes, library: library)
    let report = try rows.values.withUnsafeBufferPointer { values in
      var bench = TreeBench(ensemble, booster, rows: values, turns: turns)
      var report = try bench.run()
      report.model = "\(model): \(ensemble.treeCount) trees, depth \(ensemble.depth)"
      report.peer = "XGBoost \(library.version)" + (peer == nil ? ", the linked one" : "")
      report.core = core
      report.loadMilliseconds = loadTimes.sorted()[loadTimes.count / 2]
      return report
    }
    Terminal.print(json ? report.json() : report.table())
    guard report.differentMargins == 0 else {
      throw CommandFailure(
        "\(report.differentMargins) margins differ: the peer is no version that reads this file right"
      )
    }
  }

  private static func ensemble(_ bytes: [UInt8], _ path: String) throws -> TreeEnsemble {
    do {
      return try TreeEnsemble(xgboost: bytes)
    } catch {
      throw CommandFailure("\(path): \(error)")
    }
  }
}
