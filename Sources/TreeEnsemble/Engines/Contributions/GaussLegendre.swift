/// A Gauss–Legendre rule on 0...1: with n points it integrates polynomials up to degree 2n - 1 exactly.
struct GaussLegendre: Sendable, Equatable {
  /// The points, ascending.
  let points: [Double]
  /// The points' weights; they add up to 1.
  let weights: [Double]

  /// Computes the rules of 0, 1, …, `count` points, with arithmetic only and so with the same bits everywhere.
  ///
  /// Between two neighbouring roots of one Legendre polynomial lies exactly one root of the next, which gives
  /// each root a bracket; halving it down to neighbouring doubles needs no starting value from a cosine.
  ///
  /// - Parameter count: The largest number of points.
  /// - Returns: `count + 1` rules.
  static func rules(upTo count: Int) -> [GaussLegendre] {
    var rules = [GaussLegendre(points: [], weights: [])]
    var roots: [Double] = []
    for degree in stride(from: 1, through: count, by: 1) {
      let brackets = [-1] + roots + [1]
      roots = (0..<degree).map { root(of: degree, between: brackets[$0], and: brackets[$0 + 1]) }
      let weights = roots.map { root in
        let slope = legendre(degree, at: root).slope
        return 1 / ((1 - root * root) * slope * slope)
      }
      rules.append(GaussLegendre(points: roots.map { (1 + $0) / 2 }, weights: weights))
    }
    return rules
  }

  private static func root(of degree: Int, between low: Double, and high: Double) -> Double {
    var low = low
    var high = high
    let lowIsNegative = legendre(degree, at: low).value < 0
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return middle }
      if (legendre(degree, at: middle).value < 0) == lowIsNegative { low = middle } else { high = middle }
    }
  }

  /// Bonnet's recurrence, for the polynomial and its derivative.
  private static func legendre(_ degree: Int, at x: Double) -> (value: Double, slope: Double) {
    var previous = 1.0
    var value = x
    for n in stride(from: 1, to: degree, by: 1) {
      let next = (Double(2 * n + 1) * x * value - Double(n) * previous) / Double(n + 1)
      (previous, value) = (value, next)
    }
    let slope = Double(degree) * (x * value - previous) / (x * x - 1)
    return (value, slope)
  }
}
