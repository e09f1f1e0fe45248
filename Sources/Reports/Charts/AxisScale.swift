/// Maps values to places on an axis, and finds round numbers to write beside it.
struct AxisScale {
  /// The least and the greatest value.
  let domain: ClosedRange<Double>
  /// Where the least value lies.
  let start: Double
  /// Where the greatest value lies.
  let end: Double

  /// The place of a value.
  ///
  /// - Parameter value: The value; one outside the domain lies at its end.
  /// - Returns: The coordinate.
  func place(_ value: Double) -> Double {
    let width = domain.upperBound - domain.lowerBound
    guard width > 0 else { return (start + end) / 2 }
    let share = min(1, max(0, (value - domain.lowerBound) / width))
    return start + share * (end - start)
  }

  /// Round numbers within the domain.
  ///
  /// - Parameter count: About how many.
  /// - Returns: Multiples of 1, 2 or 5 times a power of ten, ascending.
  func ticks(_ count: Int) -> [Double] {
    let width = domain.upperBound - domain.lowerBound
    guard width > 0, width.isFinite, count > 0 else { return [domain.lowerBound] }
    var step = 1.0
    let rough = width / Double(count)
    while step > rough { step /= 10 }
    while step * 10 <= rough { step *= 10 }
    if step * 5 <= rough { step *= 5 } else if step * 2 <= rough { step *= 2 }
    if step < rough { step = step * 2 <= rough * 2 ? step * 2 : step }
    let first = (domain.lowerBound / step).rounded(.up)
    let last = (domain.upperBound / step).rounded(.down)
    guard last >= first, last - first < 100 else { return [domain.lowerBound, domain.upperBound] }
    return (0...Int(last - first)).map { (first + Double($0)) * step }
  }
}
