/// Scores of labelled rows, sorted once: everything that only the order of the scores decides.
///
/// Rows of equal score are one step, so no result depends on the order in which tied rows were given.
public struct RankedScores: Sendable {
  /// What is reached when all rows down to one score are declined.
  public struct Step: Sendable, Equatable {
    /// The score of the step.
    public let score: Double
    /// The number of defaulted rows with this score or a higher one.
    public let defaulted: Int
    /// The number of repaid rows with this score or a higher one.
    public let repaid: Int
  }

  /// The steps, highest score first.
  public let steps: [Step]

  /// Sorts rows.
  ///
  /// - Parameters:
  ///   - scores: One score per row, higher for riskier, no NaN.
  ///   - targets: Whether each row defaulted.
  /// - Precondition: As many scores as targets.
  /// - Complexity: O(n log n).
  public init(scores: [Double], targets: [Bool]) {
    precondition(scores.count == targets.count, "one score for each target")
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    var steps: [Step] = []
    var (defaulted, repaid) = (0, 0)
    for (position, row) in order.enumerated() {
      if targets[row] { defaulted += 1 } else { repaid += 1 }
      let isLast = position + 1 == order.count || scores[order[position + 1]] != scores[row]
      if isLast { steps.append(Step(score: scores[row], defaulted: defaulted, repaid: repaid)) }
    }
    self.steps = steps
  }

  /// The number of rows that defaulted.
  public var defaultedCount: Int { steps.last?.defaulted ?? 0 }
  /// The number of rows that repaid.
  public var repaidCount: Int { steps.last?.repaid ?? 0 }

  /// The greatest distance between the scores' distributions of defaulted and repaid rows (Kolmogorov and Smirnov).
  ///
  /// The field calls it KS separation; it is also the greatest Youden index. NaN when a class has no row.
  public var separation: Double {
    let (bad, good) = (Double(defaultedCount), Double(repaidCount))
    guard bad > 0, good > 0 else { return .nan }
    return steps.reduce(0) { max($0, (Double($1.defaulted) / bad - Double($1.repaid) / good).magnitude) }
  }

  /// The area under the curve of precision over recall, as average precision: the mean precision at each default.
  ///
  /// Precision is not interpolated, as in scikit-learn's `average_precision_score`. NaN without a default.
  /// Example: scores 3, 2, 1 with targets 1, 0, 1 give (1 + 2 / 3) / 2 = 0.8333.
  public var averagePrecision: Double {
    guard defaultedCount > 0 else { return .nan }
    var before = 0
    var sum = 0.0
    for step in steps {
      sum += Double(step.defaulted - before) * Double(step.defaulted) / Double(step.defaulted + step.repaid)
      before = step.defaulted
    }
    return sum / Double(defaultedCount)
  }

  /// The area under the ROC curve with its 95 % interval (DeLong).
  public var area: AreaEstimate {
    let interval = self.interval
    return AreaEstimate(value: interval.area, lower: interval.lower, upper: interval.upper)
  }

  /// The area with its standard error.
  var interval: DeLongInterval {
    var groups: [RankedGroup] = []
    var before = (defaulted: 0, repaid: 0)
    for step in steps {
      groups.append(
        RankedGroup(defaulted: step.defaulted - before.defaulted, repaid: step.repaid - before.repaid)
      )
      before = (step.defaulted, step.repaid)
    }
    return DeLongInterval(groups.reversed())
  }
}

/// An area under the ROC curve with its interval.
public struct AreaEstimate: Sendable, Equatable {
  /// The area, 0...1.
  public let value: Double
  /// The lower end of the interval at 95 %.
  public let lower: Double
  /// The upper end of the interval at 95 %.
  public let upper: Double

  /// The Gini coefficient, 2 · area − 1: the figure of scorecards.
  public var gini: Double { 2 * value - 1 }
}
