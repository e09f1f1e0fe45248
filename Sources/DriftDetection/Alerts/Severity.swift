/// How far a feature has moved, in the credit industry's bands of the population stability index.
public enum Severity: String, Sendable, CaseIterable, Comparable {
  /// Below 0.1: worth knowing.
  case minor
  /// From 0.1: worth looking into.
  case moderate
  /// From 0.25: the model's figures no longer hold for this population.
  case major

  /// The band of an index.
  ///
  /// - Parameter stability: A population stability index.
  public init(stability: Double) {
    self = stability >= 0.25 ? .major : stability >= 0.1 ? .moderate : .minor
  }

  private var rank: Int {
    switch self {
    case .minor: 0
    case .moderate: 1
    case .major: 2
    }
  }

  /// Whether one band is milder than another.
  public static func < (first: Severity, second: Severity) -> Bool { first.rank < second.rank }
}
