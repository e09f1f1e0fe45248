import CreditEvents

/// Names alerts over their lives, and joins those of one correlated group that are open together into an incident.
struct IncidentBook: Sendable, Equatable {
  private struct Open: Sendable, Equatable {
    var group: String
    var key: String
    var alert: DriftAlert
  }

  private let groups: [String]
  private var entries: [Open] = []

  /// Begins with no alert open.
  ///
  /// - Parameter groups: The group of each feature.
  init(groups: [String]) { self.groups = groups }

  /// The alerts that are open, oldest first, as they were said last.
  var open: [DriftAlert] { entries.map(\.alert) }

  /// Whether an open alert turns out to be graver than it was said to be.
  func isGraver(_ alert: DriftAlert, feature: Int) -> Bool {
    let key = Self.key(of: alert, feature)
    guard let said = entries.first(where: { $0.key == key })?.alert.severity else { return false }
    let order = DriftAlert.Severity.allCases
    return order.firstIndex(of: alert.severity) ?? 0 > order.firstIndex(of: said) ?? 0
  }

  private static func key(of alert: DriftAlert, _ feature: Int) -> String {
    "\(alert.kind.rawValue)/\(feature)"
  }

  /// Gives an alert the names under which it was opened.
  ///
  /// - Parameters:
  ///   - alert: The alert, with the name that it would have if it opened now.
  ///   - feature: Its feature.
  /// - Returns: The alert with its names.
  mutating func note(_ alert: DriftAlert, feature: Int) -> DriftAlert {
    var alert = alert
    let key = Self.key(of: alert, feature)
    if let place = entries.firstIndex(where: { $0.key == key }) {
      alert.alertID = entries[place].alert.alertID
      alert.incidentID = entries[place].alert.incidentID
      entries[place].alert = alert
      if alert.change == .closed { entries.remove(at: place) }
      return alert
    }
    alert.incidentID = entries.first { $0.group == groups[feature] }?.alert.incidentID ?? alert.alertID
    entries.append(Open(group: groups[feature], key: key, alert: alert))
    return alert
  }
}
