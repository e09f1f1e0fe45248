import FeaturePipeline

/// A division of labelled rows into folds that hold the same share of defaults.
///
/// Each row belongs to exactly one fold. The folds' sizes differ by at most one row, and so do their numbers
/// of defaults: the defaults are dealt out first, then the other rows, going on where the defaults ended.
public struct StratifiedFolds: Sendable, Equatable {
  /// The number of folds.
  public let count: Int
  /// The fold of each row, 0..<``count``.
  public let foldOfRow: [Int]

  /// Deals rows out to folds in a random order.
  ///
  /// - Parameters:
  ///   - targets: Whether each row defaulted.
  ///   - count: The number of folds, at least 2.
  ///   - seed: The seed of the run.
  ///   - purpose: Which division of the run this is, for example the repeat's number.
  /// - Throws: ``TrainingError`` when a class has fewer rows than there are folds.
  public init(targets: [Bool], count: Int, seed: UInt64, purpose: UInt64...) throws(TrainingError) {
    let classes = [true, false].map { wanted in targets.indices.filter { targets[$0] == wanted } }
    guard count >= 2 else {
      throw TrainingError(.tooFewFolds, "\(count) folds are too few; validation needs at least 2")
    }
    for (rows, name) in zip(classes, ["defaulted", "repaid"]) where rows.count < count {
      throw TrainingError(
        .tooFewRows,
        "\(rows.count) rows \(name), fewer than the \(count) folds; give more rows or fewer folds"
      )
    }
    var generator = SeededGenerator(seed: seed, purpose: purpose)
    var foldOfRow = [Int](repeating: 0, count: targets.count)
    var next = 0
    for var rows in classes {
      generator.shuffle(&rows)
      for row in rows {
        foldOfRow[row] = next
        next = (next + 1) % count
      }
    }
    self.count = count
    self.foldOfRow = foldOfRow
  }

  /// The rows of one fold, in ascending order.
  ///
  /// - Parameter fold: The fold's number.
  /// - Returns: Row numbers.
  public func rows(in fold: Int) -> [Int] {
    foldOfRow.indices.filter { foldOfRow[$0] == fold }
  }

  /// The rows of all other folds, in ascending order.
  ///
  /// - Parameter fold: The fold's number.
  /// - Returns: Row numbers.
  public func rows(outside fold: Int) -> [Int] {
    foldOfRow.indices.filter { foldOfRow[$0] != fold }
  }
}
