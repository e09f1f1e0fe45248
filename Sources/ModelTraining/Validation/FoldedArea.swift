/// The area under the ROC curve of rows that several models predicted, each a fold of its own.
///
/// Scores of different models need not be comparable, so each fold has an area of its own; the figure is their mean.
/// The folds share no rows, so the variance of the mean is the sum of DeLong's variances over the square of their
/// number. Repeats share all rows: their means are averaged and their errors not divided, which errs on the safe side.
struct FoldedArea: Sendable, Equatable {
  /// The mean area.
  let mean: Double
  /// Its standard error.
  let standardError: Double

  /// The area with its interval at 95 %.
  var estimate: AreaEstimate {
    let reach = WilsonInterval.normalQuantile * standardError
    return AreaEstimate(value: mean, lower: max(0, mean - reach), upper: min(1, mean + reach))
  }

  /// Measures.
  ///
  /// - Parameter margins: The out-of-fold margins.
  init(_ margins: OutOfFoldMargins) {
    let repeats = margins.repeats.map { repetition in
      (0..<repetition.folds.count).map { fold in
        let rows = margins.inside(fold, of: repetition)
        let area = RankedScores(scores: rows.margins.map(Double.init), targets: rows.targets).interval
        return (value: area.area, error: area.standardError)
      }
    }
    (mean, standardError) = Self.combined(repeats)
  }

  private init(mean: Double, standardError: Double) {
    (self.mean, self.standardError) = (mean, standardError)
  }

  /// How much better a second model is than a first, both on the same folds.
  ///
  /// - Parameters:
  ///   - first: The first model's margins.
  ///   - second: The second model's margins, on the same folds of the same rows.
  /// - Returns: The mean difference of the areas, second less first.
  static func difference(_ first: OutOfFoldMargins, _ second: OutOfFoldMargins) -> FoldedArea {
    let repeats = zip(first.repeats, second.repeats).map { one, other in
      (0..<one.folds.count).map { fold in
        let rows = first.inside(fold, of: one)
        let test = PairedAreaTest(
          first: rows.margins.map(Double.init),
          second: second.inside(fold, of: other).margins.map(Double.init),
          targets: rows.targets
        )
        return (value: test.difference, error: test.standardError)
      }
    }
    let (mean, error) = combined(repeats)
    return FoldedArea(mean: mean, standardError: error)
  }

  /// The lower end of the interval at 95 %.
  var lower: Double { mean - WilsonInterval.normalQuantile * standardError }
  /// The upper end of the interval at 95 %.
  var upper: Double { mean + WilsonInterval.normalQuantile * standardError }

  private static func combined(_ repeats: [[(value: Double, error: Double)]]) -> (Double, Double) {
    let means = repeats.map { MetricSummary($0.map(\.value)).mean }
    let errors = repeats.map { folds in
      folds.reduce(0) { $0 + $1.error * $1.error }.squareRoot() / Double(folds.count)
    }
    return (MetricSummary(means).mean, MetricSummary(errors).mean)
  }
}
