/// What the operators tolerate: how much drift, and how often a false alarm.
public struct DriftTolerance: Sendable, Equatable {
  /// Tolerated distance from the reference, as a population stability index: drift below it is no alarm.
  ///
  /// To second order the index equals the χ² divergence Σ (p − p₀)² / p₀ that the detector bounds.
  public var stability: Double
  /// Mean events between false alarms, over all features together.
  public var patience: Int
  /// Events that are looked at together; neighbouring time blocks are joined until there are so many.
  public var stepEvents: Int

  /// States a tolerance.
  ///
  /// - Parameters:
  ///   - stability: Tolerated population stability index, above 0 and below 1; 0.005 by default.
  ///   - patience: Mean events between false alarms, at least one step; 100,000 by default.
  ///   - stepEvents: Events of a step, at least 20; 100 by default.
  /// - Throws: ``DriftError`` when a number is out of its range.
  public init(stability: Double = 0.005, patience: Int = 100_000, stepEvents: Int = 100) throws(DriftError) {
    guard stability > 0, stability < 1 else {
      throw DriftError(
        .invalidSetting,
        "a tolerated index of \(stability); give one above 0 and below 1, such as 0.005"
      )
    }
    guard stepEvents >= 20, patience >= stepEvents else {
      throw DriftError(
        .invalidSetting,
        "a patience of \(patience) events in steps of \(stepEvents); a step has at least 20, the patience at least one step"
      )
    }
    self.stability = stability
    self.patience = patience
    self.stepEvents = stepEvents
  }

  private init(unchecked stability: Double, patience: Int, stepEvents: Int) {
    self.stability = stability
    self.patience = patience
    self.stepEvents = stepEvents
  }

  /// The same tolerance without any for the reference's own sampling error, to show what that does.
  var naive: DriftTolerance { DriftTolerance(unchecked: 0, patience: patience, stepEvents: stepEvents) }

  /// Steps between false alarms.
  var patienceSteps: Double { Double(patience) / Double(stepEvents) }

  /// Rows that a reference needs, so that its own sampling error stays within the tolerance in 999 of 1,000.
  ///
  /// - Parameter binCount: Bins of the feature.
  /// - Returns: Rows, rounded up.
  public func requiredRows(binCount: Int) -> UInt64 {
    guard binCount > 1, stability > 0 else { return 0 }
    let quantile = ChiSquareDistribution(degreesOfFreedom: binCount - 1).value(exceededWith: 0.001)
    return UInt64((quantile / stability).rounded(.up))
  }
}
