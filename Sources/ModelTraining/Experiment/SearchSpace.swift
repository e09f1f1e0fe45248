import FeaturePipeline

/// What is tried of one kind of model: fixed values, every point of a grid, and points drawn from ranges.
public struct SearchSpace: Sendable, Equatable, Decodable {
  /// Where the values of one parameter come from.
  public enum Range: Sendable, Equatable {
    /// One of these.
    case choices([Double])
    /// Anywhere between two values, evenly on a plain or logarithmic scale, rounded if whole.
    case between(Double, Double, isLogarithmic: Bool, isWhole: Bool)
  }

  /// Values that all candidates have.
  public var fixed: [String: Double] = [:]
  /// Values of which every combination is tried.
  public var grid: [String: [Double]] = [:]
  /// How many points are drawn.
  public var drawCount = 0
  /// Where drawn values come from.
  public var space: [String: Range] = [:]

  private enum CodingKeys: String, CodingKey { case fixed, grid, random, count, space }
  private enum RangeKeys: String, CodingKey { case from, to, scale, whole }

  /// A space of one point: the defaults.
  public init() {}

  /// Reads the space of one kind of model.
  ///
  /// - Parameter decoder: Stands on the mapping under the kind.
  /// - Throws: `DecodingError` when a value has the wrong type.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    fixed = try values.decodeIfPresent([String: Double].self, forKey: .fixed) ?? [:]
    grid = try values.decodeIfPresent([String: [Double]].self, forKey: .grid) ?? [:]
    guard values.contains(.random) else { return }
    let random = try values.nestedContainer(keyedBy: CodingKeys.self, forKey: .random)
    drawCount = try random.decode(Int.self, forKey: .count)
    space = try random.decode([String: Range].self, forKey: .space)
    if drawCount == 0 { drawCount = -1 }
  }

  /// The candidates of the space: the grid's points in order, then the drawn ones, none twice.
  ///
  /// - Parameters:
  ///   - kind: The kind of model.
  ///   - seed: The seed of the draws.
  /// - Returns: At least one candidate.
  /// - Throws: ``TrainingError`` `emptySearchSpace` when there is no point.
  func candidates(of kind: ModelKind, seed: UInt64) throws(TrainingError) -> [Candidate] {
    if let problem { throw TrainingError(.emptySearchSpace, "models.\(kind.rawValue): \(problem)") }
    let common = fixed.map { Candidate.Setting($0.key, $0.value) }
    var points: [[Candidate.Setting]] = grid.isEmpty && drawCount > 0 ? [] : [common]
    for name in grid.keys.sorted() {
      points = points.flatMap { point in (grid[name] ?? []).map { point + [Candidate.Setting(name, $0)] } }
    }
    var generator = SeededGenerator(seed: seed, purpose: [14] + kind.rawValue.utf8.map(UInt64.init))
    for _ in 0..<max(0, drawCount) {
      points.append(
        common
          + space.keys.sorted().compactMap { name in
            space[name].map { Candidate.Setting(name, $0.draw(from: &generator)) }
          }
      )
    }
    var candidates: [Candidate] = []
    for candidate in points.map({ Candidate(kind, $0) }) where !candidates.contains(candidate) {
      candidates.append(candidate)
    }
    return candidates
  }

  /// Why the space has no point, or has one twice over; nil for a space that can be searched.
  private var problem: String? {
    if let name = grid.keys.sorted().first(where: { grid[$0]?.isEmpty ?? true }) {
      return "the grid of \(name) has no value; give one, or remove the parameter"
    }
    if drawCount < 0 { return "random.count is below 1; draw at least one point, or remove random" }
    if drawCount > 10_000 { return "random.count is \(drawCount); draw at most 10000 points" }
    if drawCount > 0, space.isEmpty { return "random.space has no parameter; give a range to draw from" }
    for name in space.keys.sorted() {
      switch space[name] {
      case .choices(let values) where values.isEmpty:
        return "random.space.\(name) has no value; give one, or remove the parameter"
      case .between(let from, let to, _, _) where !(from <= to):
        return "random.space.\(name) runs from \(from) to \(to); give the smaller one first"
      case .between(let from, _, isLogarithmic: true, _) where from <= 0:
        return "random.space.\(name) starts at \(from); a logarithmic scale needs a value above 0"
      default: break
      }
      if fixed[name] != nil { return "\(name) is both fixed and drawn; keep one of the two" }
    }
    return grid.keys.sorted().first { fixed[$0] != nil }.map {
      "\($0) is both fixed and in the grid; keep one"
    }
  }
}

extension SearchSpace.Range: Decodable {
  private enum Scale: String, Decodable, CaseIterable { case linear, log }
  private enum Keys: String, CodingKey { case from, to, scale, whole }

  /// Reads a list of choices, or a mapping with `from` and `to`.
  ///
  /// - Parameter decoder: Stands on the value.
  /// - Throws: `DecodingError` when it is neither.
  public init(from decoder: any Decoder) throws {
    if let choices = try? decoder.singleValueContainer().decode([Double].self) {
      self = .choices(choices)
      return
    }
    let values = try decoder.container(keyedBy: Keys.self)
    self = .between(
      try values.decode(Double.self, forKey: .from),
      try values.decode(Double.self, forKey: .to),
      isLogarithmic: try values.decodeIfPresent(Scale.self, forKey: .scale) == .log,
      isWhole: try values.decodeIfPresent(Bool.self, forKey: .whole) ?? false
    )
  }

  /// Draws a value, to four significant digits, so that a report can say it whole.
  func draw(from generator: inout SeededGenerator) -> Double {
    switch self {
    case .choices(let values): return values[generator.index(below: values.count)]
    case .between(let from, let to, let isLogarithmic, let isWhole):
      let share = Double(generator.next() >> 11) * 0x1p-53
      if isWhole { return (from + share * (to - from)).rounded() }
      let value =
        isLogarithmic
        ? PortableMath.exp(PortableMath.log(from) + share * (PortableMath.log(to) - PortableMath.log(from)))
        : from + share * (to - from)
      guard value > 0 else { return value }
      var step = 1.0
      while value / step >= 10_000 { step *= 10 }
      while value / step < 1_000 { step /= 10 }
      // Dividing by a power of ten of its own rounds once, so that 0.0512 is written 0.0512.
      let digits = (value / step).rounded()
      return step >= 1 ? digits * step : digits / (1 / step).rounded()
    }
  }
}
