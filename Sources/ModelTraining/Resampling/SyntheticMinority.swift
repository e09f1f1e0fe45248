import FeaturePipeline

/// Makes up rows of the rarer class between neighbouring ones: SMOTE-NC (Chawla, Bowyer, Hall and Kegelmeyer 2002).
///
/// Distances are those of standardised numbers; a category that differs adds the square of the median standard
/// deviation of the numbers, as the paper's section 6.1 defines it. A made-up row lies at a drawn share of the way
/// from a row to one of its neighbours; its categories are those of most of the neighbours, the columns of one
/// category being decided together, so that it is of one category only. A number that either row lacks is taken
/// from the nearer of the two, so that missing values stay about as common as they were.
struct SyntheticMinority: Sendable {
  /// How many neighbours, and how many rows.
  let options: ResamplingOptions
  /// The field of each feature.
  let groups: [String]

  /// The class with fewer rows; defaulted of two with as many.
  static func rarerClass(of targets: [Bool]) -> Bool { 2 * targets.count { $0 } <= targets.count }

  /// Adds made-up rows after the real ones.
  ///
  /// - Parameters:
  ///   - matrix: The training rows.
  ///   - seed: The seed of draws.
  /// - Returns: The rows with as many of the rarer class as the options ask for; none are taken away.
  /// - Throws: ``TrainingError`` `tooFewRows` when the rarer class has not more rows than neighbours.
  /// - Complexity: O(m² · columns) for m rows of the rarer class.
  func extending(_ matrix: LabelledMatrix, seed: UInt64) throws(TrainingError) -> LabelledMatrix {
    let rare = Self.rarerClass(of: matrix.targets)
    let rows = matrix.targets.indices.filter { matrix.targets[$0] == rare }
    guard rows.count > options.neighbours else {
      throw TrainingError(
        .tooFewRows,
        "\(rows.count) training rows are of the rarer class, too few for SMOTE with \(options.neighbours) "
          + "neighbours; give more rows, or set fewer neighbours or another resampling"
      )
    }
    let others = matrix.targets.count - rows.count
    let wanted = Int((Double(others) * options.syntheticRatio).rounded()) - rows.count
    guard wanted > 0 else { return matrix }
    let space = MixedSpace(matrix.features, groups: groups, rows: rows)
    let neighbours = rows.indices.map { space.nearest(options.neighbours, to: $0) }
    var generator = SeededGenerator(seed: seed, purpose: [13])
    var values = matrix.features.values
    values.reserveCapacity(values.count + wanted * matrix.features.columnCount)
    // Every row is taken equally often before chance decides, so that no client stands for many.
    var order = Array(rows.indices)
    for number in 0..<wanted {
      if number % order.count == 0 { generator.shuffle(&order) }
      let base = order[number % order.count]
      let other = neighbours[base][generator.index(below: options.neighbours)]
      let gap = Double(generator.next() >> 11) * 0x1p-53
      values += space.between(base, other, gap: gap, voters: neighbours[base])
    }
    return LabelledMatrix(
      features: FeatureMatrix(names: matrix.features.names, values: values),
      targets: matrix.targets + [Bool](repeating: rare, count: wanted),
      directions: matrix.directions
    )
  }
}
