/// One variable of a simulation: how it is drawn, shaped and left out.
///
/// The order is: draw, send through the curve, round, clamp; then the field, but not the value that others
/// see, is left out with the probability ``missing``.
public struct VariableDeclaration: Sendable, Equatable {
  /// How the value is drawn.
  public var distribution: DistributionDeclaration
  /// A piecewise linear map `[[x, y], …]` with rising x, constant beyond its ends.
  ///
  /// A normal score sent through the points of a distribution's quantiles has that distribution, and keeps its
  /// correlations.
  public var curve: [[Double]]?
  /// The value is rounded to a multiple of it.
  public var roundTo: Double?
  /// The smallest and the largest value.
  public var clamp: [Double]?
  /// The probability that a field is left out.
  public var missing: Quantity?
  /// How a flag is written; 0 and 1 without it.
  public var labels: [String]?

  /// Creates a declaration.
  public init(
    _ distribution: DistributionDeclaration,
    curve: [[Double]]? = nil,
    roundTo: Double? = nil,
    clamp: [Double]? = nil,
    missing: Quantity? = nil,
    labels: [String]? = nil
  ) {
    self.distribution = distribution
    self.curve = curve
    self.roundTo = roundTo
    self.clamp = clamp
    self.missing = missing
    self.labels = labels
  }
}

extension VariableDeclaration: Decodable {
  enum Key: String, CodingKey {
    case curve
    case roundTo = "round_to"
    case clamp, missing, labels
  }

  /// Reads the mapping: one distribution and what shapes it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      try DistributionDeclaration(from: decoder),
      curve: try container.decodeIfPresent([[Double]].self, forKey: .curve),
      roundTo: try container.decodeIfPresent(Double.self, forKey: .roundTo),
      clamp: try container.decodeIfPresent([Double].self, forKey: .clamp),
      missing: try container.decodeIfPresent(Quantity.self, forKey: .missing),
      labels: try container.decodeIfPresent([String].self, forKey: .labels)
    )
  }
}
