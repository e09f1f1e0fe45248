/// How often each pair of two categories occurs together.
struct ContingencyTable: Sendable {
  /// The number of rows in which both are known.
  let count: Int
  /// Pearson's chi-square statistic of independence, without continuity correction.
  let chiSquare: Double
  /// Its degrees of freedom, over the categories that occur.
  let degreesOfFreedom: Int
  private let lesserCategoryCount: Int

  /// Counts pairs.
  ///
  /// - Parameters:
  ///   - left: Codes from 0; NaN is missing.
  ///   - right: As many codes.
  /// - Complexity: O(rows); the pairs that occur are kept, not all that could.
  init(_ left: [Double], _ right: [Double]) {
    func size(_ codes: [Double]) -> Int { Int(codes.reduce(-1) { $1.isNaN ? $0 : max($0, $1) }) + 1 }
    let width = size(right)
    var rows = [Int](repeating: 0, count: size(left))
    var columns = [Int](repeating: 0, count: width)
    var keys: [Int] = []
    for (a, b) in zip(left, right) where a >= 0 && b >= 0 {
      rows[Int(a)] += 1
      columns[Int(b)] += 1
      keys.append(Int(a) * width + Int(b))
    }
    keys.sort()
    count = keys.count
    // Σ (n − e)² / e = N (Σ n² / (row · column) − 1): pairs that never occur need no term of their own.
    var sum = 0.0
    var position = 0
    while position < keys.count {
      var end = position
      while end < keys.count, keys[end] == keys[position] { end += 1 }
      let pair = Double(end - position)
      sum += pair * pair / (Double(rows[keys[position] / width]) * Double(columns[keys[position] % width]))
      position = end
    }
    let (leftCount, rightCount) = (rows.count { $0 > 0 }, columns.count { $0 > 0 })
    chiSquare = max(0, Double(count) * (sum - 1))
    degreesOfFreedom = max(0, leftCount - 1) * max(0, rightCount - 1)
    lesserCategoryCount = min(leftCount, rightCount)
  }

  /// Cramér's V (1946): 0 for independence, 1 where one category tells the other; NaN where one is constant.
  var cramersV: Double {
    guard lesserCategoryCount > 1, count > 0 else { return .nan }
    return min(1, (chiSquare / (Double(count) * Double(lesserCategoryCount - 1))).squareRoot())
  }

  /// The probability of such a statistic if the two were independent; 1 where one is constant.
  var pValue: Double {
    degreesOfFreedom > 0 ? Distributions.chiSquareSurvival(chiSquare, degreesOfFreedom: degreesOfFreedom) : 1
  }
}
