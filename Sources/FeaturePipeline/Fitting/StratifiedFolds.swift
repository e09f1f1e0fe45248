/// Divides labelled rows into folds that have the same share of defaults.
enum StratifiedFolds {
  /// Gives each labelled row a fold.
  ///
  /// - Parameters:
  ///   - targets: The outcomes: 1, 0, or NaN for unknown.
  ///   - foldCount: The number of folds; fewer are used when there are fewer labelled rows.
  ///   - seed: Decides which row goes where.
  /// - Returns: The fold of each row, −1 where the outcome is unknown. Sizes differ by at most one, in all and
  ///   among the defaults.
  static func assign(_ targets: [Double], foldCount: Int, seed: UInt64) -> [Int] {
    var generator = SeededGenerator(seed: seed)
    var order: [Int] = []
    for outcome in [1.0, 0.0] {
      var rows = targets.indices.filter { targets[$0] == outcome }
      generator.shuffle(&rows)
      order += rows
    }
    var folds = [Int](repeating: -1, count: targets.count)
    // One count through both outcomes, so that the folds stay even also where one outcome is rare.
    for (position, row) in order.enumerated() { folds[row] = position % foldCount }
    return folds
  }
}
