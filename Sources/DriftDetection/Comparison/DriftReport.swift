/// All figures of a drift report, computed from merged counts.
///
/// A feature differs when its χ² test survives the Benjamini–Hochberg procedure over all features; how far is said by
/// the bands of the population stability index. With many rows everything differs a little: a feature has drifted when
/// it differs and its index has reached 0.1. These verdicts describe one report; alarms that may be repeated for ever
/// come from ``DriftDetector``.
public struct DriftReport: Sendable {
  /// What the report says of a feature.
  public enum Verdict: Sendable, Equatable {
    /// Nothing that chance alone does not give.
    case stable
    /// It differs, so far.
    case differs(Severity)

    /// Whether it counts as drifted: at least moderate.
    public var isDrift: Bool {
      if case .differs(let severity) = self { severity >= .moderate } else { false }
    }
  }

  /// The share of wrong verdicts, in expectation, among the features that are said to differ.
  public static let falseDiscoveryRate = 0.05

  /// What the report is made from.
  public let state: DriftState
  /// Figures of each feature, in the order of the reference.
  public let features: [FeatureDrift]
  /// p-values of the χ² tests, adjusted over all features.
  public let adjusted: [Double]
  /// Indices by window and feature; empty where there is no course to show.
  public let course: [[Double]]
  /// Features that are no result, the one that moved most first.
  public let ranking: [Int]
  /// The score, the decision and the outcome, as far as they are known, in this order.
  public let results: [Int]

  /// Computes a report.
  ///
  /// - Parameter state: What it is made from.
  /// - Complexity: O(slots · windows).
  public init(_ state: DriftState) {
    let profile = state.profile
    let features = profile.features.indices.map { index in
      FeatureDrift(profile.features[index], current: Array(state.counts.counts[profile.slots(of: index)]))
    }
    let adjusted = FalseDiscoveryRate.adjusted(features.map(\.test.pValue))
    self.state = state
    self.features = features
    self.adjusted = adjusted
    course = state.windows.map { window in
      profile.features.indices.map { index in
        let bins = profile.features[index].bins
        let counts = window.counts.counts[profile.slots(of: index)]
        guard window.counts.eventCount > 0 else { return .nan }
        return PopulationStability.index(
          reference: bins.grouped(features[index].reference),
          current: bins.grouped(counts)
        )
      }
    }
    results = [DriftState.Role.score, .decision, .outcome].flatMap { role in
      state.columns.indices.filter { state.columns[$0].role == role }
    }
    func rank(_ index: Int) -> (Int, Double) {
      let differs = adjusted[index] < Self.falseDiscoveryRate
      let stability = features[index].stability
      return (differs ? 1 : 0, stability == stability ? stability : -1)
    }
    ranking = state.columns.indices.filter { !state.columns[$0].role.isResult }
      .sorted { first, second in
        let (a, b) = (rank(first), rank(second))
        return (b.0, b.1, first) < (a.0, a.1, second)
      }
  }

  /// What the report says of a feature.
  ///
  /// - Parameter feature: The feature's position.
  /// - Returns: The verdict.
  public func verdict(_ feature: Int) -> Verdict {
    guard adjusted[feature] < Self.falseDiscoveryRate else { return .stable }
    return .differs(Severity(stability: features[feature].stability))
  }

  /// Features that differ by more than chance, results left out.
  public var differing: [Int] { ranking.filter { verdict($0) != .stable } }
  /// Features that have drifted, results left out, the one that moved most first.
  public var drifted: [Int] { ranking.filter { verdict($0).isDrift } }
  /// The share of features that have drifted; 0 without features.
  public var driftedShare: Double {
    ranking.isEmpty ? 0 : Double(drifted.count) / Double(ranking.count)
  }

  /// The mean margin of the reference and of the current rows that the features' shifts add up to.
  public var scoreShift: ScoreShift { ScoreShift(profile: state.profile, window: state.counts) }

  /// Whether anything says drift: a feature or a result that has drifted, or an alarm of the detector.
  public var isDrift: Bool {
    !drifted.isEmpty || results.contains { verdict($0).isDrift }
      || state.detection?.alarms.isEmpty == false
  }
}
