import Synchronization
import TestSupport
import Testing
import XGBoost

@testable import TreeEnsemble

/// A model trained by libxgboost in this process, in all shapes the reader promises to understand.
struct ZooModel: CustomTestStringConvertible, Sendable {
  var name: String
  var rounds = 12
  var columnCount = 8
  var rowCount = 600
  /// A share of the rows' values that is missing in training.
  var missingShare = 0.2
  /// True for small whole numbers, which give many equal values and thresholds.
  var isDiscrete = false
  var parameters = BoosterParameters()

  var testDescription: String { name }

  init(_ name: String, _ change: (inout ZooModel) -> Void = { _ in }) {
    self.name = name
    parameters.evaluationMetrics = ["logloss"]
    change(&self)
  }

  static let all: [ZooModel] =
    (1...10).map { depth in ZooModel("depth \(depth)") { $0.parameters.maximumDepth = depth } } + [
      ZooModel("exact search") { $0.parameters.treeMethod = .exact },
      ZooModel("pruned, with deleted nodes") {
        $0.parameters.treeMethod = .exact
        $0.parameters.minimumSplitLoss = 4
      },
      ZooModel("loss guide, deep and lopsided") {
        $0.parameters.growPolicy = .lossguide
        $0.parameters.maximumDepth = 0
        $0.parameters.maximumLeaves = 60
        $0.parameters.minimumChildWeight = 0.01
      },
      ZooModel("no trees") { $0.rounds = 0 },
      ZooModel("only leaves") { $0.parameters.minimumSplitLoss = 1e9 },
      ZooModel("one tree") { $0.rounds = 1 },
      ZooModel("many trees") { $0.rounds = 101 },
      ZooModel("base score 0.03") { $0.parameters.baseScore = 0.03 },
      ZooModel("base score 0.999") { $0.parameters.baseScore = 0.999 },
      ZooModel("forest") {
        $0.parameters.parallelTreeCount = 5
        $0.parameters.rowSubsample = 0.6
        $0.parameters.columnSubsampleByNode = 0.5
        $0.rounds = 3
      },
      ZooModel("logit raw") {
        $0.parameters.objective = .binaryLogitRaw
        $0.parameters.baseScore = -1.5
      },
      ZooModel("regression logistic") { $0.parameters.objective = .regressionLogistic },
      ZooModel("squared error") {
        $0.parameters.objective = .regressionSquaredError
        $0.parameters.evaluationMetrics = []
      },
      ZooModel("nothing missing in training") { $0.missingShare = 0 },
      ZooModel("almost all missing in training") { $0.missingShare = 0.9 },
      ZooModel("whole numbers") { $0.isDiscrete = true },
      ZooModel("one feature") { $0.columnCount = 1 },
      ZooModel("wide") {
        $0.columnCount = 150
        $0.parameters.maximumDepth = 7
      },
      ZooModel("covers down to nothing") {
        $0.parameters.minimumChildWeight = 0
        $0.parameters.l2Regularization = 0
        $0.parameters.learningRate = 1
        $0.parameters.maximumDepth = 8
        $0.isDiscrete = true
        $0.rounds = 20
      },
    ]

  /// A file of a few kilobytes, to be damaged in every way.
  static let small = ZooModel("small") {
    $0.rounds = 2
    $0.columnCount = 3
    $0.parameters.maximumDepth = 3
  }

  private static let trained = Mutex<[String: [UInt8]]>([:])

  /// Trains the model, once for all tests of the process; it is the same every time.
  func train() throws -> Booster {
    if let model = Self.trained.withLock({ $0[name] }) { return try Booster(model: model) }
    let booster = try trainAnew()
    let model = try booster.encoded(as: .json)
    Self.trained.withLock { $0[name] = model }
    return booster
  }

  private func trainAnew() throws -> Booster {
    var random = SplitMix64(seed: 7)
    let values = values(rowCount: rowCount, random: &random)
    let labels = (0..<rowCount).map { row in
      let signal = values[(row * columnCount)..<((row + 1) * columnCount)].enumerated()
        .reduce(Float(0)) { sum, cell in
          sum + (cell.element.isNaN ? 0.5 : cell.element) * (cell.offset % 3 == 1 ? -1 : 1)
        }
      return signal + Float.random(in: -2...2, using: &random) > 0.5 ? Float(1) : 0
    }
    let matrix = try TrainingMatrix(
      values: values,
      rowCount: rowCount,
      columnCount: columnCount,
      labels: labels
    )
    let booster = try Booster(parameters: parameters, matrices: [matrix])
    for round in 0..<rounds { try booster.update(round: round, on: matrix) }
    // The library configures an untrained booster only when it is used.
    if rounds == 0 { _ = try booster.margins(of: matrix) }
    return booster
  }

  private func values(rowCount: Int, random: inout SplitMix64) -> [Float] {
    (0..<rowCount * columnCount).map { _ in
      if Double.random(in: 0..<1, using: &random) < missingShare { return .nan }
      return isDiscrete ? Float(Int.random(in: -3...3, using: &random)) : .random(in: -4...4, using: &random)
    }
  }

  /// Rows that probe every comparison: missing values, both zeros, denormals, infinities and exact thresholds.
  func rows(count: Int, thresholds: [Float], finite: Bool = false, seed: UInt64 = 3) -> [Float] {
    var random = SplitMix64(seed: seed)
    var special: [Float] = [
      0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude.nextDown,
    ]
    special += [.greatestFiniteMagnitude, -.greatestFiniteMagnitude]
    if !finite { special += [.infinity, -.infinity] }
    return (0..<count * columnCount).map { _ in
      switch Int.random(in: 0..<20, using: &random) {
      case 0..<4: return .nan
      case 4..<6: return special.randomElement(using: &random) ?? 0
      case 6..<10:
        let threshold = thresholds.randomElement(using: &random) ?? 0
        return [threshold, threshold.nextUp, threshold.nextDown].randomElement(using: &random) ?? 0
      default: return .random(in: -5...5, using: &random)
      }
    }
  }
}

extension TreeEnsemble {
  /// The margins of rows in an array.
  func margins(ofRows rows: [Float]) -> [Float] {
    let rowCount = rows.count / featureCount
    var margins = [Float](repeating: .nan, count: rowCount)
    rows.withUnsafeBufferPointer { rows in
      margins.withUnsafeMutableBufferPointer { self.margins(rows, rowCount: rowCount, into: $0) }
    }
    return margins
  }

  /// The margin of one row in an array.
  func margin(ofRow row: some Collection<Float>) -> Float {
    Array(row).withUnsafeBufferPointer { margin($0) }
  }

  /// The contributions of one row in an array.
  func contributions(ofRow row: some Collection<Float>) -> [Double] {
    var contributions = [Double](repeating: .nan, count: featureCount + 1)
    Array(row).withUnsafeBufferPointer { row in
      contributions.withUnsafeMutableBufferPointer { self.contributions(row, into: $0) }
    }
    return contributions
  }
}

extension [Float] {
  /// The values' bits: NaN equals itself, and the zeros differ.
  var bits: [UInt32] { map(\.bitPattern) }
}
