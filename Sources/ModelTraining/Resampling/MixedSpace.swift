import FeaturePipeline

/// Rows of numbers and categories, with a distance between them.
struct MixedSpace: Sendable {
  /// The rows' features.
  private let features: FeatureMatrix
  /// The rows of the matrix that stand in the space.
  private let rows: [Int]
  /// The columns that are numbers.
  let numbers: [Int]
  /// The categories, each with its columns; a flag is a category of one column.
  let categories: [[Int]]
  /// What a category that differs adds to the square of a distance.
  let categoryPenalty: Double
  /// The standardised numbers, row-major.
  private let points: [Double]
  /// The code of each category, row-major.
  private let codes: [Int32]

  /// Prepares rows.
  ///
  /// - Parameters:
  ///   - features: All training rows, which the standards come from.
  ///   - groups: The field of each feature.
  ///   - rows: The rows that stand in the space.
  init(_ features: FeatureMatrix, groups: [String], rows: [Int]) {
    let width = features.columnCount
    var isFlag = [Bool](repeating: true, count: width)
    for (index, value) in features.values.enumerated() where value != 0 && value != 1 && !value.isNaN {
      isFlag[index % width] = false
    }
    // One-hot columns of a field stand side by side and are all flags; with others the field is numbers.
    var categories: [[Int]] = []
    for column in 0..<width where isFlag[column] {
      if column > 0, isFlag[column - 1], groups[column] == groups[column - 1], !categories.isEmpty {
        categories[categories.count - 1].append(column)
      } else {
        categories.append([column])
      }
    }
    let numbers = (0..<width).filter { !isFlag[$0] }
    let standards = FeatureStandards(features)
    var points: [Double] = []
    var codes: [Int32] = []
    var known: [[Float]: Int32] = [:]
    for row in rows {
      for column in numbers { points.append(standards.standardised(features[row, column], column)) }
      for columns in categories {
        // NaN equals nothing, itself included; 2 stands for a flag that is not known.
        let key = columns.map { features[row, $0].isNaN ? 2 : features[row, $0] }
        let code = known[key] ?? Int32(known.count)
        known[key] = code
        codes.append(code)
      }
    }
    let deviations = numbers.indices.map { place in
      let column = rows.indices.map { points[$0 * numbers.count + place] }
      let mean = column.reduce(0, +) / Double(column.count)
      return (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count)).squareRoot()
    }
    let median = Quantile.value(0.5, ofSorted: deviations.sorted())
    // Without a number there is no median; categories then differ by one each.
    categoryPenalty = median.isNaN ? 1 : median * median
    (self.features, self.rows, self.numbers, self.categories) = (features, rows, numbers, categories)
    (self.points, self.codes) = (points, codes)
  }

  /// The square of the distance of two rows.
  ///
  /// - Parameters:
  ///   - one: The place of a row among the space's rows.
  ///   - other: The place of another.
  /// - Returns: The squared distance.
  func squaredDistance(_ one: Int, _ other: Int) -> Double {
    var sum = 0.0
    points.withUnsafeBufferPointer { points in
      let (a, b) = (one * numbers.count, other * numbers.count)
      for place in 0..<numbers.count {
        let difference = points[a + place] - points[b + place]
        sum += difference * difference
      }
    }
    codes.withUnsafeBufferPointer { codes in
      let (a, b) = (one * categories.count, other * categories.count)
      var differing = 0
      for place in 0..<categories.count where codes[a + place] != codes[b + place] { differing += 1 }
      sum += Double(differing) * categoryPenalty
    }
    return sum
  }

  /// The nearest other rows.
  ///
  /// - Parameters:
  ///   - count: How many, fewer than there are rows.
  ///   - row: The place of the row.
  /// - Returns: Places, nearest first; of rows equally far the first.
  func nearest(_ count: Int, to row: Int) -> [Int] {
    var best: [(distance: Double, row: Int)] = []
    for other in rows.indices where other != row {
      let distance = squaredDistance(row, other)
      if best.count == count, let last = best.last, distance >= last.distance { continue }
      let place = best.firstIndex { $0.distance > distance } ?? best.count
      best.insert((distance, other), at: place)
      if best.count > count { best.removeLast() }
    }
    return best.map(\.row)
  }

  /// A row between two rows.
  ///
  /// - Parameters:
  ///   - one: The place of the first row.
  ///   - other: The place of the second.
  ///   - gap: How far the new row is on the way from the first to the second, 0..<1.
  ///   - voters: The places of the rows whose majority decides categories, nearest first.
  /// - Returns: A value for each feature.
  func between(_ one: Int, _ other: Int, gap: Double, voters: [Int]) -> [Float] {
    var result = [Float](repeating: .nan, count: features.columnCount)
    for column in numbers {
      let (a, b) = (features[rows[one], column], features[rows[other], column])
      if a.isNaN || b.isNaN {
        result[column] = gap < 0.5 ? a : b
      } else {
        result[column] = Float(Double(a) + gap * (Double(b) - Double(a)))
      }
    }
    for (place, columns) in categories.enumerated() {
      let votes = voters.map { codes[$0 * categories.count + place] }
      var winner = voters[0]
      var most = 0
      for (voter, code) in zip(voters, votes) {
        let count = votes.count { $0 == code }
        if count > most { (winner, most) = (voter, count) }
      }
      for column in columns { result[column] = features[rows[winner], column] }
    }
    return result
  }
}
