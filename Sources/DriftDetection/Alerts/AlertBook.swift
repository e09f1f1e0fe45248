import FeaturePipeline

/// Turns what a detector reads at each step into alerts that open, go on and close, without flicker.
///
/// An alert opens when its watch is in alarm. It closes after its evidence has stayed below a tenth of the
/// alarm for some steps, so that evidence near the limit does not open and close it all day. A while after
/// closing it cannot open again. Watches of one correlated group that open while another of the group is open
/// share its incident: an operator sees one story, not twenty. The same readings give the same alerts.
public struct AlertBook: Sendable, Equatable {
  /// When alerts close and how often an open one is repeated.
  public struct Rules: Sendable, Equatable {
    /// Steps below the closing level until an alert closes.
    public var closingSteps = 5
    /// What of the alarm's evidence an alert has to fall below to close.
    public var closingShare = 0.1
    /// Steps after closing in which an alert does not open again.
    public var coolDownSteps = 10
    /// Steps after which an open alert is repeated as going on.
    public var reminderSteps = 100

    /// The defaults.
    public init() {}

    var logClosingShare: Double { PortableMath.log(closingShare) }
  }

  /// What happens to an alert.
  public enum Change: String, Sendable, CaseIterable {
    /// Its watch has come into alarm.
    case opened
    /// It has been open for another while.
    case ongoing
    /// Its watch is quiet again.
    case closed
  }

  /// An alert that changed at a step.
  public struct Entry: Sendable, Equatable {
    /// The watch, by its position in the detector.
    public let watch: Int
    /// What happened.
    public let change: Change
    /// The step at which the alert opened, counted from 1.
    public let openedAt: Int
    /// The incident it belongs to: the first watch of it and the step at which that opened.
    public let incident: Incident
  }

  /// Alerts of one correlated group that belong together.
  public struct Incident: Sendable, Hashable {
    /// The watch that opened it.
    public let watch: Int
    /// The step at which it opened.
    public let step: Int
  }

  private enum State: Sendable, Equatable {
    case quiet
    case open(since: Int, quietSteps: Int, incident: Incident)
    case coolingDown(until: Int)
  }

  private let groups: [Int]
  private let rules: Rules
  private var states: [State]

  /// Begins with no alert open.
  ///
  /// - Parameters:
  ///   - groups: For each watch the group of correlated features it is part of; equal numbers belong together.
  ///   - rules: When alerts close.
  public init(groups: [Int], rules: Rules = Rules()) {
    self.groups = groups
    self.rules = rules
    states = .init(repeating: .quiet, count: groups.count)
  }

  /// The watches whose alerts are open.
  public var openWatches: [Int] { states.indices.filter { openIncident($0) != nil } }

  /// Takes note of a step of the detector.
  ///
  /// - Parameter detector: The detector after the step.
  /// - Returns: The alerts that changed, in the order of the watches.
  /// - Precondition: The detector has as many watches as groups were given.
  public mutating func note(_ detector: DriftDetector) -> [Entry] {
    precondition(detector.readings.count == states.count, "a book for another detector")
    let step = detector.stepCount
    let closing = detector.logAlarm + rules.logClosingShare
    return detector.readings.indices.compactMap { watch in
      note(detector.readings[watch], of: watch, at: step, closing: closing)
    }
  }

  private mutating func note(
    _ reading: DriftDetector.Reading,
    of watch: Int,
    at step: Int,
    closing: Double
  ) -> Entry? {
    switch states[watch] {
    case .coolingDown(let until) where step < until: return nil
    case .quiet, .coolingDown:
      states[watch] = .quiet
      guard reading.isAlarm else { return nil }
      let incident = incident(of: watch) ?? Incident(watch: watch, step: step)
      states[watch] = .open(since: step, quietSteps: 0, incident: incident)
      return Entry(watch: watch, change: .opened, openedAt: step, incident: incident)
    case .open(let since, let quietSteps, let incident):
      let quiet = reading.isAlarm || reading.logEvidence >= closing ? 0 : quietSteps + 1
      if quiet >= rules.closingSteps {
        states[watch] = .coolingDown(until: step + rules.coolDownSteps)
        return Entry(watch: watch, change: .closed, openedAt: since, incident: incident)
      }
      states[watch] = .open(since: since, quietSteps: quiet, incident: incident)
      guard (step - since) % rules.reminderSteps == 0 else { return nil }
      return Entry(watch: watch, change: .ongoing, openedAt: since, incident: incident)
    }
  }

  /// The incident that is open in a watch's group.
  private func incident(of watch: Int) -> Incident? {
    states.indices.lazy.filter { groups[$0] == groups[watch] }.compactMap { openIncident($0) }.first
  }

  private func openIncident(_ watch: Int) -> Incident? {
    guard case .open(_, _, let incident) = states[watch] else { return nil }
    return incident
  }
}
