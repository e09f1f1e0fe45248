import FeaturePipeline

/// A number or an expression bound to the variables of a simulation.
enum Term: Sendable {
  case constant(Double)
  case expression(CompiledExpression)

  /// The value for a row.
  ///
  /// - Parameter row: The value of every variable by slot.
  /// - Returns: The value, NaN where an expression is undefined.
  func value(_ row: UnsafeBufferPointer<Double>) -> Double {
    switch self {
    case .constant(let number): number
    case .expression(let expression): expression.evaluate(row)
    }
  }
}

/// A distribution whose parameters can be computed for a row.
indirect enum Distribution: Sendable {
  case formula(Term)
  case normal(mean: Term, deviation: Term)
  case lognormal(median: Term, sigma: Term)
  case uniform(low: Term, high: Term)
  case gamma(shape: Term, mean: Term)
  case poisson(mean: Term)
  case chance(Term)
  case logOdds(Term)
  /// The index of the case is the value: the code of a category.
  case categories([Term])
  case pointMasses([Double], [Term])
  case mixture([Distribution], [Term])

  /// Draws a value.
  ///
  /// - Parameters:
  ///   - random: The stream of this variable and row.
  ///   - row: The values of the variables that parameters depend on, by slot.
  /// - Returns: The value; NaN, which is missing, where a parameter is undefined or impossible.
  func draw(_ random: inout RandomStream, _ row: UnsafeBufferPointer<Double>) -> Double {
    switch self {
    case .formula(let term):
      return term.value(row)
    case .normal(let mean, let deviation):
      let deviation = deviation.value(row)
      return deviation >= 0 ? mean.value(row) + deviation * random.normal() : .nan
    case .lognormal(let median, let sigma):
      let sigma = sigma.value(row)
      return sigma >= 0 ? median.value(row) * PortableMath.exp(sigma * random.normal()) : .nan
    case .uniform(let low, let high):
      let low = low.value(row)
      return low + (high.value(row) - low) * random.unit()
    case .gamma(let shape, let mean):
      return random.gamma(shape: shape.value(row), mean: mean.value(row))
    case .poisson(let mean):
      return random.poisson(mean: mean.value(row))
    case .chance(let probability):
      return random.chance(probability.value(row))
    case .logOdds(let margin):
      return random.chance(PortableMath.sigmoid(margin.value(row)))
    case .categories(let weights):
      return random.choice(weights.map { $0.value(row) }).map(Double.init) ?? .nan
    case .pointMasses(let points, let weights):
      return random.choice(weights.map { $0.value(row) }).map { points[$0] } ?? .nan
    case .mixture(let parts, let weights):
      guard let part = random.choice(weights.map { $0.value(row) }) else { return .nan }
      return parts[part].draw(&random, row)
    }
  }
}

/// One variable, ready to be drawn for any row.
struct CompiledVariable: Sendable {
  /// Where its value stands in a row.
  let slot: Int
  /// The seed of its streams, one for each row.
  let source: UInt64
  let distribution: Distribution
  let curve: Curve?
  let roundTo: Double?
  let clamp: ClosedRange<Double>?
  let missing: Term

  /// Draws the variable for a row.
  ///
  /// - Parameters:
  ///   - index: The number of the row.
  ///   - row: The values of the variables that it depends on, by slot.
  /// - Returns: The value, and whether the field is left out of the application.
  func draw(_ index: Int, _ row: UnsafeBufferPointer<Double>) -> (value: Double, isMissing: Bool) {
    var random = RandomStream(source: source, row: index)
    // First of all, so that leaving out more or fewer fields changes no value.
    let fate = random.unit()
    var value = distribution.draw(&random, row)
    if let curve { value = curve.value(value) }
    if let roundTo { value = Self.rounded(value, to: roundTo) }
    if let clamp, value == value { value = min(max(value, clamp.lowerBound), clamp.upperBound) }
    // Minus zero is written like zero but is another bit pattern.
    return (value == 0 ? 0 : value.isFinite ? value : .nan, fate < missing.value(row))
  }

  /// The nearest multiple of a step, as the double that its decimal digits mean.
  private static func rounded(_ value: Double, to step: Double) -> Double {
    // 3 * 0.1 is not 0.3 but 3 / 10 is: a step such as 0.0001 is taken as one part in 10,000.
    let parts = (1 / step).rounded()
    guard step < 1, (parts * step - 1).magnitude < 1e-9 else { return (value / step).rounded() * step }
    return (value * parts).rounded() / parts
  }
}

/// A piecewise linear map.
struct Curve: Sendable {
  let points: [(x: Double, y: Double)]

  /// The ordinate at an abscissa; constant beyond the ends, NaN for NaN.
  func value(_ x: Double) -> Double {
    guard x == x, let first = points.first, let last = points.last else { return .nan }
    guard x > first.x else { return first.y }
    guard x < last.x else { return last.y }
    var low = 0
    var high = points.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if points[middle].x <= x { low = middle } else { high = middle }
    }
    let (a, b) = (points[low], points[high])
    return a.y + (b.y - a.y) * ((x - a.x) / (b.x - a.x))
  }
}
