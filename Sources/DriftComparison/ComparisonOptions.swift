public import DriftDetection

/// How two tables are compared.
public struct ComparisonOptions: Sendable {
  /// What the sequential detector tolerates.
  public var tolerance: DriftTolerance
  /// In how many parts the current rows are shown, in the order of the file; 0 for none.
  public var windowCount: Int
  /// Whether Evidently's verdicts are added.
  public var hasEvidently: Bool

  /// States options.
  ///
  /// - Parameters:
  ///   - tolerance: What the sequential detector tolerates.
  ///   - windowCount: In how many parts the current rows are shown; 0 for none.
  ///   - hasEvidently: Whether Evidently's verdicts are added.
  public init(tolerance: DriftTolerance, windowCount: Int = 10, hasEvidently: Bool = false) {
    self.tolerance = tolerance
    self.windowCount = windowCount
    self.hasEvidently = hasEvidently
  }
}
