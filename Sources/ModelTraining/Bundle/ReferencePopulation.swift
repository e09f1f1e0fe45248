import CreditEvents
import CreditScoring
import DriftDetection
import FeaturePipeline
import ModelRegistry
import TreeEnsemble

/// The training rows as the reference that later populations are held against.
///
/// Fields and derived features are those of all rows. The score and the decision are those out of fold: on the rows
/// that it was fitted to, the final model is surer of itself than it will be on any others, and the first events
/// after training would look like drift. Contributions are the final model's.
struct ReferencePopulation {
  /// Contributions are averaged over so many rows at most unless told otherwise, evenly spread over the table.
  ///
  /// A bin holds a twentieth of the rows, so that its mean is then one of more than a thousand.
  static let explainedRows = 30_000
  /// Rank correlations are taken of so many rows at most, evenly spread over the table.
  static let correlationRows = 2_000
  /// From this rank correlation on, of either sign, two values are one group.
  static let correlation = 0.7
  /// Rows worked on at a time; the sums of each block are added in order, so that the bits do not depend on threads.
  private static let blockRows = 1_024

  private let model: ScoringModel
  private let rows: FoldTraining
  private let margins: [Float]
  private let rules: [CompiledExpression]
  private let explainedRows: Int
  private let width: Int
  private let watched: WatchedValues
  private let recoded: ApplicationTable

  /// Prepares a reference.
  ///
  /// - Parameters:
  ///   - pipeline: The final model's pipeline.
  ///   - modelJSON: Its trees in XGBoost's JSON.
  ///   - calibration: From margins to probabilities.
  ///   - policy: From probabilities to decisions.
  ///   - rows: The training rows.
  ///   - margins: The margin of each row from a model that did not see it.
  ///   - explainedRows: The most rows that contributions are averaged over.
  ///   - width: The largest number of threads; does not change the result.
  /// - Throws: `ModelFormatError`, `ScoringModelError`, or `ExpressionError` when a rule of the policy does not fit the
  ///   pipeline.
  init(
    pipeline: FittedPipeline,
    modelJSON: [UInt8],
    calibration: Calibration,
    policy: Policy,
    rows: FoldTraining,
    margins: [Float],
    explainedRows: Int = Self.explainedRows,
    width: Int
  ) throws {
    let model = try ScoringModel(
      // It has no name before it is registered, and none is needed here.
      identity: ModelIdentity(name: pipeline.name, version: "0", sha256: ""),
      pipeline: pipeline,
      ensemble: TreeEnsemble(xgboostJSON: modelJSON),
      calibration: calibration,
      policy: policy
    )
    self.model = model
    self.rows = rows
    self.margins = margins
    self.explainedRows = explainedRows
    self.width = width
    let scope = model.pipeline.scope
    rules = try model.policy.knockOuts.map { try Expression($0.condition).compiled(in: scope) }
    watched = WatchedValues(of: model.pipeline)
    recoded = rows.table.recoded(to: model.pipeline.dictionaries)
  }

  /// Freezes the reference.
  ///
  /// - Returns: The reference.
  /// - Throws: `DriftError` when no value can be watched.
  func reference() throws -> DriftReference {
    let columns = try valuesByFeature()
    var features = try zip(watched.values, columns).map { value, column in
      try Self.reference(of: value, column)
    }
    let means = try meanContributions(features)
    for index in features.indices where !watched.values[index].inputs.isEmpty {
      guard let feature = features[index] else { continue }
      features[index] = try FeatureReference(
        name: feature.name,
        bins: feature.bins,
        counts: feature.counts,
        moments: feature.moments,
        meanContributions: means[index]
      )
    }
    return try DriftReference(
      of: watched,
      references: features,
      groups: groups(columns),
      performance: performance(columns.last ?? [])
    )
  }

  private static func reference(of value: WatchedValue, _ column: [Double]) throws -> FeatureReference? {
    switch value.kind {
    case .number:
      guard column.contains(where: { $0 == $0 }) else { return nil }
      return try FeatureReference(number: value.name, values: column)
    case .category(let names):
      return try FeatureReference(category: value.name, codes: column, dictionarySize: names.count)
    }
  }

  /// The values of each watched feature, row by row.
  private func valuesByFeature() throws -> [[Double]] {
    let count = watched.values.count
    let blocks = try concurrentMap(blocks(of: Array(rows.targets.indices)), width: width) { block in
      var found = [Double](repeating: .nan, count: block.count * count)
      forEach(block) { index, values, features in
        let margin = margins[block[index]]
        let isRefused = rules.contains { $0.holds(values) }
        let probability = model.calibration.probability(margin: margin)
        found.withUnsafeMutableBufferPointer { found in
          watched.gather(
            values,
            features: UnsafeBufferPointer(features),
            margin: margin,
            outcome: isRefused ? .decline : model.policy.outcome(probability: probability),
            into: UnsafeMutableBufferPointer(rebasing: found[index * count..<(index + 1) * count])
          )
        }
      }
      return found
    }
    return (0..<count).map { feature in
      blocks.flatMap { block in stride(from: feature, to: block.count, by: count).map { block[$0] } }
    }
  }

  /// For each watched feature with inputs, the mean of their contributions by slot.
  private func meanContributions(_ features: [FeatureReference?]) throws -> [[Double]] {
    let total = rows.targets.count
    let taken = min(total, explainedRows)
    let sample = (0..<taken).map { $0 * total / taken }
    let blocks = try concurrentMap(blocks(of: sample), width: width) { block in
      var sums = features.map { [Double](repeating: 0, count: $0?.bins.slotCount ?? 0) }
      var counts = sums
      var watchedValues = [Double](repeating: .nan, count: watched.values.count)
      var contributions = [Double](repeating: 0, count: model.pipeline.features.count + 1)
      forEach(block) { _, values, inputs in
        contributions.withUnsafeMutableBufferPointer { contributions in
          model.ensemble.contributions(UnsafeBufferPointer(inputs), into: contributions)
        }
        watchedValues.withUnsafeMutableBufferPointer { output in
          let inputs = UnsafeBufferPointer(inputs)
          watched.gather(values, features: inputs, margin: 0, outcome: .approve, into: output)
        }
        for (index, value) in watched.values.enumerated() where !value.inputs.isEmpty {
          guard let feature = features[index] else { continue }
          let slot = feature.bins.slot(of: watchedValues[index])
          counts[index][slot] += 1
          for column in value.inputs { sums[index][slot] += contributions[column] }
        }
      }
      return (sums: sums, counts: counts)
    }
    return features.indices.map { feature in
      guard let first = blocks.first else { return [] }
      return first.sums[feature].indices.map { slot in
        var (sum, count) = (0.0, 0.0)
        for block in blocks {
          sum += block.sums[feature][slot]
          count += block.counts[feature][slot]
        }
        return count == 0 ? 0 : sum / count
      }
    }
  }

  /// For each watched value the first one before it that goes with it, over a chain of others if need be.
  private func groups(_ columns: [[Double]]) -> [String] {
    let total = rows.targets.count
    let taken = min(total, Self.correlationRows)
    let ranked = zip(watched.values, columns).map { value, column -> RankedColumn? in
      guard value.kind == .number else { return nil }
      return RankedColumn((0..<taken).map { column[$0 * total / taken] })
    }
    var leader = Array(columns.indices)
    for right in columns.indices {
      for left in 0..<right where leader[left] != leader[right] {
        let isLinked: Bool
        if watched.values[left].source == .margin, watched.values[right].source == .decision {
          isLinked = true
        } else if let first = ranked[left], let second = ranked[right] {
          isLinked = Correlation.spearman(first, second).magnitude >= Self.correlation
        } else {
          isLinked = false
        }
        guard isLinked else { continue }
        let (kept, joined) = (min(leader[left], leader[right]), max(leader[left], leader[right]))
        for index in leader.indices where leader[index] == joined { leader[index] = kept }
      }
    }
    return leader.map { watched.values[$0].name }
  }

  /// What the model was worth out of fold.
  private func performance(_ decisions: [Double]) -> DriftReference.Performance {
    let probabilities = margins.map { model.calibration.probability(margin: $0) }
    let targets = rows.targets
    let count = Double(targets.count)
    var cost = 0.0
    for (decision, defaulted) in zip(decisions, targets) {
      let isRefused = decision == Decision.Outcome.decline.watchedCode
      if isRefused, !defaulted { cost += model.policy.costs.refusedGood }
      if !isRefused, defaulted { cost += model.policy.costs.missedDefault }
    }
    return DriftReference.Performance(
      rows: targets.count,
      defaultRate: Double(targets.count { $0 }) / count,
      meanProbability: probabilities.reduce(0, +) / count,
      areaUnderROC: AreaUnderROC.value(scores: margins, targets: targets),
      brierScore: ProbabilityMetrics.brierScore(probabilities, targets),
      costPerApplication: cost / count
    )
  }

  private func blocks(of rows: [Int]) -> [[Int]] {
    stride(from: 0, to: rows.count, by: Self.blockRows).map { start in
      Array(rows[start..<min(start + Self.blockRows, rows.count)])
    }
  }

  /// Lends the raw values and the model's inputs of each row of a block, with its place in the block.
  private func forEach(
    _ block: [Int],
    _ body: (Int, UnsafeBufferPointer<Double>, UnsafeMutableBufferPointer<Float>) -> Void
  ) {
    var values = [Double](repeating: .nan, count: recoded.columns.count)
    var features = [Float](repeating: .nan, count: model.pipeline.features.count)
    for (index, row) in block.enumerated() {
      recoded.copyRow(row, into: &values)
      values.withUnsafeBufferPointer { values in
        features.withUnsafeMutableBufferPointer { features in
          model.pipeline.transform(values, into: features)
          body(index, values, features)
        }
      }
    }
  }
}
