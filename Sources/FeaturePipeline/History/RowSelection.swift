/// The values of some rows in their order, of which those count that are known and whose condition is true.
struct RowSelection {
  /// The number of rows.
  let count: Int
  /// The value of each row, nil where rows are only counted.
  let value: UnsafeBufferPointer<Double>?
  /// Whether each row counts: neither 0 nor missing; nil where all do.
  let condition: UnsafeBufferPointer<Double>?

  /// Computes an aggregate.
  ///
  /// - Parameters:
  ///   - function: What is computed.
  ///   - time: The time of each row, for a trend.
  ///   - scratch: Room for as many numbers as there are rows.
  /// - Returns: The number; not finite where it is missing or has overflown.
  func aggregate(
    _ function: HistoryAggregate,
    time: UnsafeBufferPointer<Double>,
    scratch: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    switch function {
    case .count: Double(number)
    case .sum: total.count == 0 ? .nan : total.sum
    case .mean, .share: total.count == 0 ? .nan : mean(function)
    case .min: reduce(.nan) { $1 < $0 || $0 != $0 ? $1 : $0 }
    case .max: reduce(.nan) { $1 > $0 || $0 != $0 ? $1 : $0 }
    case .last: reduce(.nan) { $1 }
    case .trend: trend(over: time)
    case .distinct: Double(distinct(scratch))
    }
  }

  @inline(__always)
  private func counts(_ row: Int) -> Bool {
    guard let condition else { return true }
    return condition[row] == condition[row] && condition[row] != 0
  }

  @inline(__always)
  private func reduce(_ start: Double, _ body: (Double, Double) -> Double) -> Double {
    guard let value else { return start }
    var result = start
    for row in 0..<count where value[row] == value[row] && counts(row) { result = body(result, value[row]) }
    return result
  }

  private var number: Int {
    var number = 0
    for row in 0..<count where counts(row) && (value.map { $0[row] == $0[row] } ?? true) { number += 1 }
    return number
  }

  private var total: (sum: Double, count: Int) {
    var known = 0
    let sum = reduce(0) {
      known += 1
      return $0 + $1
    }
    return (sum, known)
  }

  /// The mean of the values, or of their truth.
  private func mean(_ function: HistoryAggregate) -> Double {
    if function == .mean {
      let total = total
      return total.sum / Double(total.count)
    }
    var known = 0
    let holding = reduce(0) {
      known += 1
      return $1 == 0 ? $0 : $0 + 1
    }
    return holding / Double(known)
  }

  private func trend(over time: UnsafeBufferPointer<Double>) -> Double {
    guard let value else { return .nan }
    var known = 0.0
    var times = 0.0
    var values = 0.0
    var (earliest, latest) = (Double.infinity, -Double.infinity)
    for row in 0..<count where value[row] == value[row] && time[row] == time[row] && counts(row) {
      known += 1
      times += time[row]
      values += value[row]
      earliest = min(earliest, time[row])
      latest = max(latest, time[row])
    }
    // Rounding of the mean could make a slope of one time alone.
    guard earliest < latest else { return .nan }
    let (meanTime, meanValue) = (times / known, values / known)
    var products = 0.0
    var squares = 0.0
    for row in 0..<count where value[row] == value[row] && time[row] == time[row] && counts(row) {
      let distance = time[row] - meanTime
      products += distance * (value[row] - meanValue)
      squares += distance * distance
    }
    return squares > 0 ? products / squares : .nan
  }

  private func distinct(_ scratch: UnsafeMutableBufferPointer<Double>) -> Int {
    guard let value else { return 0 }
    var known = 0
    for row in 0..<count where value[row] == value[row] && counts(row) {
      scratch[known] = value[row]
      known += 1
    }
    let found = UnsafeMutableBufferPointer(rebasing: scratch[..<known])
    HeapSort.sort(found) { $0 < $1 }
    var distinct = 0
    for index in 0..<known where index == 0 || found[index] != found[index - 1] { distinct += 1 }
    return distinct
  }
}
