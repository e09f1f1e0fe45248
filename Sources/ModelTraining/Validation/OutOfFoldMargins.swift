/// Predictions of rows by models that did not see them, for each repeat of the division into folds.
struct OutOfFoldMargins: Sendable {
  /// One division of the rows, with one margin per row.
  struct Repeat: Sendable {
    /// The division.
    let folds: StratifiedFolds
    /// The margin of each row, from the model that was trained on the other folds.
    let margins: [Float]
  }

  /// Whether each row defaulted.
  let targets: [Bool]
  /// The repeats.
  let repeats: [Repeat]

  /// Margins with the targets of the same rows.
  typealias Labelled = (margins: [Float], targets: [Bool])

  /// The rows inside one fold of one repeat.
  func inside(_ fold: Int, of repetition: Repeat) -> Labelled {
    select(repetition.folds.rows(in: fold), from: repetition)
  }

  /// The rows in all other folds of one repeat.
  func outside(_ fold: Int, of repetition: Repeat) -> Labelled {
    select(repetition.folds.rows(outside: fold), from: repetition)
  }

  /// All repeats one after the other: each row occurs once per repeat.
  var pooled: Labelled {
    (repeats.flatMap(\.margins), repeats.flatMap { _ in targets })
  }

  private func select(_ rows: [Int], from repetition: Repeat) -> Labelled {
    (rows.map { repetition.margins[$0] }, rows.map { targets[$0] })
  }
}
