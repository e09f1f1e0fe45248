import FeaturePipeline
import Reports
import XGBoost

/// How much worse unseen rows are predicted when the values of one field are shuffled among them (Breiman 2001).
///
/// The training rows are cut into the parts that early stopping watches; a model that did not learn from a part
/// predicts it. All features of a field are shuffled together, so that a one-hot category stays one. Two features
/// that stand for each other both look unimportant: let the rule on correlation remove one of them first.
struct PermutationImportance: Sendable {
  /// What is trained.
  let training: FoldTraining
  /// How to measure.
  let options: SelectionDeclaration.Importance

  /// Finds what the model does without.
  ///
  /// - Parameters:
  ///   - rows: The training rows.
  ///   - seed: The seed of models and shuffles.
  ///   - omitted: What is left out already.
  /// - Returns: What raises the log loss by no more than the least importance, in the order of the pipeline.
  /// - Throws: ``TrainingError``, `PipelineError` or `XGBoostError`.
  func omitted(rows: [Int], seed: UInt64, besides omitted: [OmittedFeature]) throws -> [OmittedFeature] {
    let parts = try StratifiedFolds(
      targets: rows.map { training.targets[$0] },
      count: training.parameters.stoppingParts,
      seed: seed
    )
    var order: [String] = []
    var rises: [String: [Double]] = [:]
    for part in 0..<min(options.parts, parts.count) {
      let measured = try measure(
        learning: parts.rows(outside: part).map { rows[$0] },
        held: parts.rows(in: part).map { rows[$0] },
        seed: seed,
        part: part,
        besides: omitted
      )
      for (name, values) in measured {
        if rises[name] == nil { order.append(name) }
        rises[name, default: []] += values
      }
    }
    return order.compactMap { name in
      let mean = MetricSummary(rises[name] ?? []).mean
      guard mean <= options.least else { return nil }
      return OmittedFeature(
        name: name,
        rule: .importance,
        reason:
          "shuffled, it changes the log loss on unseen rows by \(NumberText.fixed(mean, digits: 6)), not "
          + "more than \(NumberText.fixed(options.least, digits: 6))"
      )
    }
  }

  /// The rises of the log loss on held rows, by field in the order of the pipeline.
  private func measure(
    learning: [Int],
    held: [Int],
    seed: UInt64,
    part: Int,
    besides omitted: [OmittedFeature]
  ) throws -> [(name: String, values: [Double])] {
    let trees = BoostedTrees(parameters: training.parameters, seed: seed)
    let (pipeline, matrix) = try training.fit(learning, seed: seed, omitting: omitted)
    let unseen = try training.labelled(held, by: pipeline)
    let rounds = try trees.bestRoundCount(training: matrix, watched: unseen)
    let booster = try trees.train(matrix, rounds: rounds)
    let used = Set(try booster.importances(.totalGain).map(\.feature))
    let loss = ProbabilityMetrics.logLoss(
      margins: try booster.margins(of: try unseen.makeTrainingMatrix()),
      unseen.targets
    )
    var groups: [(name: String, columns: [Int])] = []
    for (column, feature) in pipeline.features.enumerated() {
      if groups.last?.name != feature.group { groups.append((feature.group, [])) }
      groups[groups.count - 1].columns.append(column)
    }
    return try groups.enumerated().map { number, group in
      // A feature in no tree changes nothing, however it is shuffled.
      guard group.columns.contains(where: { used.contains(unseen.features.names[$0]) }) else {
        return (group.name, [0])
      }
      let values = try (0..<options.repeats).map { time in
        var generator = SeededGenerator(
          seed: seed,
          purpose: [7, UInt64(part), UInt64(number), UInt64(time)]
        )
        let shuffled = Self.shuffling(group.columns, of: unseen, with: &generator)
        let margins = try booster.margins(of: try shuffled.makeTrainingMatrix())
        return ProbabilityMetrics.logLoss(margins: margins, unseen.targets) - loss
      }
      return (group.name, values)
    }
  }

  private static func shuffling(
    _ columns: [Int],
    of matrix: LabelledMatrix,
    with generator: inout SeededGenerator
  ) -> LabelledMatrix {
    var order = Array(matrix.targets.indices)
    generator.shuffle(&order)
    var values = matrix.features.values
    let width = matrix.features.columnCount
    for (row, source) in order.enumerated() {
      for column in columns { values[row * width + column] = matrix.features[source, column] }
    }
    return LabelledMatrix(
      features: FeatureMatrix(names: matrix.features.names, values: values),
      targets: matrix.targets
    )
  }
}
