import CreditEvents

/// Alerts when counts are reported long after the events that they count: applications wait.
struct LagWatch: Sendable, Equatable {
  private let limit: Int64
  private let reports: Int
  private var late = 0
  private var inTime = 0
  private var open: DriftAlert?

  init(_ rules: MonitorRules) {
    limit = rules.lagMilliseconds
    reports = max(1, rules.lagReports)
  }

  /// Takes note of when a partial was reported.
  mutating func note(_ partial: DriftPartial, reportedAt: Int64, at position: Int64) -> [DriftAlert] {
    guard let last = partial.blocks.last else { return [] }
    // From the end of the block: a partial says no more of when its events happened.
    let lag = reportedAt - (last.index + 1) * partial.blockMilliseconds
    if lag > limit {
      late += 1
      inTime = 0
    } else {
      inTime += 1
      late = 0
    }
    if open == nil, late >= reports {
      let id = "lag/\(partial.topic)/\(position)"
      let alert = DriftAlert(
        alertID: id,
        incidentID: id,
        change: .opened,
        kind: .lag,
        severity: lag > 4 * limit ? .major : .moderate,
        model: nil,
        window: partial.window,
        evidence: .init(value: Double(lag) / 1_000, expected: Double(limit) / 1_000),
        message:
          "applications are decided \(lag / 1_000) s after they were published; \(limit / 1_000) s are allowed",
        action: "look at the scorers' lag and health; after an outage this closes by itself",
        position: position
      )
      open = alert
      return [alert]
    }
    guard var alert = open, inTime >= reports else { return [] }
    open = nil
    alert.change = .closed
    alert.window = partial.window
    alert.evidence.value = Double(lag) / 1_000
    alert.message = "applications are decided in time again"
    alert.position = position
    return [alert]
  }
}
