import FeaturePipeline

/// One column judged as Evidently 0.7 judges it, to the digit, for those who compare tools or migrate.
///
/// Missing and infinite values are dropped, the reference is taken as exact, and nothing is said about how many
/// columns are judged at once: see ``DriftDetector`` for what this project recommends instead.
public struct EvidentlyColumn: Sendable {
  /// How Evidently treats a column.
  public enum Kind: Sendable, Equatable {
    /// Numbers.
    case number
    /// Categories, given by code.
    case category
  }

  /// Evidently's names of its measures.
  public enum Method: String, Sendable, CaseIterable {
    /// p-value of the two-sample Kolmogorov–Smirnov test.
    case kolmogorovSmirnov = "ks"
    /// Wasserstein distance over the reference's standard deviation, or over 0.001 if that is larger.
    case wasserstein
    /// Jensen–Shannon distance in nats.
    case jensenShannon = "jensenshannon"
    /// Population stability index in equal-width bins.
    case populationStability = "psi"
    /// p-value of χ² goodness of fit to the reference's shares.
    case chiSquare = "chisquare"
    /// p-value of the difference of two proportions.
    case proportion = "z"

    /// Whether drift is a value below the threshold (a p-value) rather than at or above it (a distance).
    public var isPValue: Bool {
      switch self {
      case .kolmogorovSmirnov, .chiSquare, .proportion: true
      case .wasserstein, .jensenShannon, .populationStability: false
      }
    }

    /// Evidently's default threshold.
    public var threshold: Double { isPValue ? 0.05 : 0.1 }
  }

  /// What Evidently would print for a column.
  public struct Verdict: Sendable, Equatable {
    /// The measure.
    public let method: Method
    /// The p-value or distance.
    public let value: Double
    /// Whether it counts as drift at the default threshold.
    public let isDrift: Bool
  }

  private let kind: Kind
  private let reference: [Double]
  private let current: [Double]

  /// Takes a column of two samples.
  ///
  /// - Parameters:
  ///   - kind: How to treat it.
  ///   - reference: One value per row; NaN and infinite ones are dropped.
  ///   - current: One value per row; NaN and infinite ones are dropped.
  public init(_ kind: Kind, reference: [Double], current: [Double]) {
    self.kind = kind
    self.reference = reference.filter(\.isFinite).sorted()
    self.current = current.filter(\.isFinite).sorted()
  }

  /// The measure that Evidently chooses by itself.
  ///
  /// Up to 1,000 reference rows a test (Kolmogorov–Smirnov for numbers with more than five different values, a
  /// difference of proportions for two values, else χ²), above that a distance (Wasserstein, Jensen–Shannon).
  public var defaultMethod: Method {
    let distinct = Self.distinct(reference).count
    let isContinuous = kind == .number && distinct > 5
    if reference.count > 1_000 { return isContinuous ? .wasserstein : .jensenShannon }
    if isContinuous { return .kolmogorovSmirnov }
    return Self.distinct((reference + current).sorted()).count <= 2 ? .proportion : .chiSquare
  }

  /// Judges the column.
  ///
  /// - Parameter method: The measure; nil for Evidently's default.
  /// - Returns: The measure, its value (NaN when a sample has no values) and the verdict at the default threshold.
  public func verdict(_ method: Method? = nil) -> Verdict {
    let method = method ?? defaultMethod
    let value = value(method)
    let isDrift: Bool =
      switch method {
      case .kolmogorovSmirnov: value <= method.threshold
      case .chiSquare, .proportion: value < method.threshold
      case .wasserstein, .jensenShannon, .populationStability: value >= method.threshold
      }
    return Verdict(method: method, value: value, isDrift: isDrift)
  }

  private func value(_ method: Method) -> Double {
    guard !reference.isEmpty, !current.isEmpty else { return .nan }
    switch method {
    case .kolmogorovSmirnov: return KolmogorovSmirnov.test(reference: reference, current: current).pValue
    case .wasserstein:
      let spread = Moments(of: reference).standardDeviation
      return Wasserstein.distance(reference: reference, current: current) / max(spread, 0.001)
    case .jensenShannon:
      let (first, second) = binned
      return Divergence.jensenShannonDistance(reference: first, current: second)
    case .populationStability:
      let (first, second) = binned
      return PopulationStability.index(
        referenceShares: Self.filled(first),
        currentShares: Self.filled(second)
      )
    case .chiSquare: return goodnessOfFit
    case .proportion: return proportion
    }
  }

  /// Counts in equal-width bins by Sturges' rule over both samples, or by value where there are few.
  private var binned: ([UInt64], [UInt64]) {
    guard kind == .number, Self.distinct(reference).count > 20 else { return byValue }
    let both = (least: min(reference[0], current[0]), largest: max(reference.last ?? 0, current.last ?? 0))
    let bins = EqualWidthBins(
      least: both.least,
      largest: both.largest,
      rowCount: reference.count + current.count
    )
    return (bins.counts(reference), bins.counts(current))
  }

  private var byValue: ([UInt64], [UInt64]) {
    let values = Self.distinct((reference + current).sorted())
    func counts(_ sample: [Double]) -> [UInt64] {
      var counts = [UInt64](repeating: 0, count: values.count)
      var bin = 0
      for value in sample {
        while values[bin] < value { bin += 1 }
        counts[bin] += 1
      }
      return counts
    }
    return (counts(reference), counts(current))
  }

  private var goodnessOfFit: Double {
    let (first, second) = byValue
    guard first.count > 1 else { return 1 }
    var statistic = CompensatedSum()
    for (before, now) in zip(first, second) {
      let expected = Double(before) * Double(current.count) / Double(reference.count)
      let difference = Double(now) - expected
      // A new category has an expectation of 0: the statistic is infinite, and the p-value 0.
      guard expected > 0 else { return 0 }
      statistic.add(difference * difference / expected)
    }
    return ChiSquareDistribution(degreesOfFreedom: first.count - 1).survival(statistic.value)
  }

  private var proportion: Double {
    let (first, second) = byValue
    let rows = (Double(reference.count), Double(current.count))
    let shares = (Double(first[0]) / rows.0, Double(second[0]) / rows.1)
    let pooled = Double(first[0] + second[0]) / (rows.0 + rows.1)
    let variance = pooled * (1 - pooled) * (1 / rows.0 + 1 / rows.1)
    guard variance > 0 else { return 1 }
    let difference = shares.0 - shares.1
    // Both tails of a normal number are the upper tail of its square.
    return ChiSquareDistribution(degreesOfFreedom: 1).survival(difference * difference / variance)
  }

  /// Shares in which empty bins get a ten-thousandth, or a millionth of the least share where that is smaller.
  private static func filled(_ counts: [UInt64]) -> [Double] {
    let rows = Double(counts.reduce(0, +))
    let shares = counts.map { Double($0) / rows }
    let least = shares.filter { $0 > 0 }.min() ?? 0
    let fill = least <= 0.0001 ? least / 1_000_000 : 0.0001
    return shares.map { $0 == 0 ? fill : $0 }
  }

  private static func distinct(_ sorted: [Double]) -> [Double] {
    sorted.reduce(into: []) { distinct, value in if distinct.last != value { distinct.append(value) } }
  }
}
