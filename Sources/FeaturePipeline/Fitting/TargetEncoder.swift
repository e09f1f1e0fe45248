/// Learns the smoothed rate of defaults of each category.
///
/// rate(c) = (defaults of c + smoothing · prior) / (rows of c + smoothing), where the prior is the rate of all
/// labelled rows. A row's own outcome must not reach its own feature while the model is trained: there the sums
/// of its category are taken from the other folds only. The prior stays that of all rows: one number for every
/// row tells nothing about any, whereas a prior without the fold would tell how many defaults the fold has.
struct TargetEncoder {
  /// Outcomes of categories; after these come the missing and then the unseen ones.
  private struct Counts {
    var rows: [Double]
    var defaults: [Double]
    var allRows = 0.0
    var allDefaults = 0.0

    init(categoryCount: Int) {
      rows = [Double](repeating: 0, count: categoryCount + 2)
      defaults = rows
    }

    mutating func add(_ category: Int, _ target: Double) {
      rows[category] += 1
      defaults[category] += target
      allRows += 1
      allDefaults += target
    }
  }

  private let codes: [Int]
  private let targets: [Double]
  private let folds: [Int]
  private let smoothing: Double
  private let categoryCount: Int
  private var total: Counts
  private var parts: [Counts]

  /// Counts the outcomes.
  ///
  /// - Parameters:
  ///   - column: The category of each row: its code, negative for unseen, NaN for missing.
  ///   - targets: The outcome of each row: 1, 0, or NaN for unknown.
  ///   - folds: The fold of each row, −1 where the outcome is unknown.
  ///   - categoryCount: The number of categories.
  ///   - smoothing: How many rows with the overall rate are added to each category.
  init(column: [Double], targets: [Double], folds: [Int], categoryCount: Int, smoothing: Double) {
    codes = column.map { $0 != $0 ? categoryCount : $0 < 0 ? categoryCount + 1 : Int($0) }
    self.targets = targets
    self.folds = folds
    self.smoothing = smoothing
    self.categoryCount = categoryCount
    total = Counts(categoryCount: categoryCount)
    parts = Array(repeating: Counts(categoryCount: categoryCount), count: (folds.max() ?? -1) + 1)
    // Outcomes are 0 and 1, so that these sums are exact in any order.
    for (row, fold) in folds.enumerated() where fold >= 0 {
      total.add(codes[row], targets[row])
      parts[fold].add(codes[row], targets[row])
    }
  }

  /// The encoding that serves: fitted on all labelled rows.
  var encoding: TargetEncoding {
    let prior = total.allDefaults / total.allRows
    let rates = (0...categoryCount).map { rate(total.defaults[$0], total.rows[$0], prior) }
    return TargetEncoding(prior: prior, missing: rates[categoryCount], rates: Array(rates.dropLast()))
  }

  /// The rates that the rows are trained with, each fitted without the row's own fold.
  ///
  /// - Returns: A rate for each row; NaN for rows with an unknown outcome, which have leaked nothing.
  func outOfFold() -> [Double] {
    let prior = total.allDefaults / total.allRows
    return folds.enumerated().map { row, fold in
      guard fold >= 0 else { return .nan }
      let category = codes[row]
      // Unseen categories have nothing in common that a rate could tell.
      guard category <= categoryCount else { return prior }
      return rate(
        total.defaults[category] - parts[fold].defaults[category],
        total.rows[category] - parts[fold].rows[category],
        prior
      )
    }
  }

  private func rate(_ defaults: Double, _ rows: Double, _ prior: Double) -> Double {
    let weight = rows + smoothing
    return weight > 0 ? (defaults + smoothing * prior) / weight : prior
  }
}
