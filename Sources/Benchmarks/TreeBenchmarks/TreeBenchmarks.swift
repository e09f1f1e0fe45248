import Benchmark
import Foundation
import TreeEnsemble

/// Margins, contributions and loading of the models that `make_models.py` beside this folder makes.
///
/// `MODELS` names the folder with the models and rows.csv; without it, only a line says so. Each call takes the next
/// of many rows, so that none is in the cache from the call before.
let benchmarks: @Sendable () -> Void = {
  guard let folder = ProcessInfo.processInfo.environment["MODELS"] else {
    print("no benchmarks: set MODELS to the folder that make_models.py filled")
    return
  }
  Benchmark.defaultConfiguration = .init(
    metrics: [.wallClock, .throughput, .mallocCountTotal],
    maxDuration: .seconds(2),
    maxIterations: 1_000_000
  )
  for name in ["S", "M", "L"] {
    guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(name).ubj").map({ Array($0) }),
      let ensemble = try? TreeEnsemble(xgboost: bytes)
    else {
      print("no benchmarks of \(name): \(folder)/\(name).ubj cannot be read")
      continue
    }
    let rows = BenchmarkRows(count: 4000, width: ensemble.featureCount)
    Benchmark("\(name) margin, single row") { benchmark in
      for index in benchmark.scaledIterations { blackHole(rows.withRow(index) { ensemble.margin($0) }) }
    }
    Benchmark("\(name) margins, batch of 1000") { benchmark in
      var margins = [Float](repeating: 0, count: 1000)
      for _ in benchmark.scaledIterations {
        rows.withFirst(1000) { rows in
          margins.withUnsafeMutableBufferPointer { ensemble.margins(rows, rowCount: 1000, into: $0) }
        }
      }
      blackHole(margins)
    }
    Benchmark("\(name) contributions, single row") { benchmark in
      var shares = [Double](repeating: 0, count: ensemble.featureCount + 1)
      for index in benchmark.scaledIterations {
        rows.withRow(index) { row in
          shares.withUnsafeMutableBufferPointer { ensemble.contributions(row, into: $0) }
        }
      }
      blackHole(shares)
    }
    Benchmark("\(name) load, UBJSON") { benchmark in
      for _ in benchmark.scaledIterations { blackHole(try TreeEnsemble(xgboost: bytes)) }
    }
  }
}
