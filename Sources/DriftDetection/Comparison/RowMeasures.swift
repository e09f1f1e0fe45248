/// Measures of two samples that need the rows themselves.
public struct RowMeasures: Sendable, Equatable {
  /// The Kolmogorov–Smirnov test.
  public let kolmogorovSmirnov: HypothesisTest
  /// The Wasserstein distance in the feature's unit.
  public let wasserstein: Double

  /// Measures two samples of numbers.
  ///
  /// - Parameters:
  ///   - reference: One value per row; NaN is left out.
  ///   - current: One value per row; NaN is left out.
  public init(reference: [Double], current: [Double]) {
    let before = reference.filter { $0 == $0 }.sorted()
    let now = current.filter { $0 == $0 }.sorted()
    kolmogorovSmirnov = KolmogorovSmirnov.test(reference: before, current: now)
    wasserstein = Wasserstein.distance(reference: before, current: now)
  }
}
