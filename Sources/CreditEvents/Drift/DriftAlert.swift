/// That a population has drifted, that it still does, or that it no longer does: the value on the alerts topic.
///
/// An alert is a function of the log of partials: whoever folds the same log raises the same alerts, byte for byte.
/// Its record's key is ``alertID``, so that compaction keeps what was said last of each.
public struct DriftAlert: Sendable, Equatable {
  /// The version of the layout.
  public static let schemaVersion = 1

  /// What happens to the alert.
  public enum Change: String, Sendable, CaseIterable {
    /// What it is about has begun.
    case opened
    /// It has gone on for another while.
    case ongoing
    /// It is over.
    case closed
  }

  /// What the alert is about.
  public enum Kind: String, Sendable, CaseIterable {
    /// Where the values of a feature lie.
    case distribution
    /// How often a feature is missing.
    case missing
    /// How often a feature has a value that the reference never saw: out of its range, or a new category.
    case unseen
    /// The model's margin.
    case score
    /// Which applications are approved, referred and declined.
    case decisionRate = "decision_rate"
    /// Far fewer or far more applications than before.
    case volume
    /// Applications wait longer than they may.
    case lag
    /// Offsets that were counted twice in part, or never: counts are incomplete.
    case offsets
    /// Partials of a model that the monitor does not know: nothing of it is watched.
    case unknownModel = "unknown_model"
    /// What became of the loans: the model ranks, calibrates or decides worse than at training.
    case performance
    /// The same, estimated from the calibrated probabilities before outcomes are known.
    case estimatedPerformance = "estimated_performance"
  }

  /// How far it went.
  public enum Severity: String, Sendable, CaseIterable {
    /// Worth knowing.
    case minor
    /// Worth looking into.
    case moderate
    /// The model's figures no longer hold.
    case major
  }

  /// What names the alert over its whole life.
  public var alertID: String
  /// The alert that opened the incident this one is part of; its own id for the first.
  public var incidentID: String
  /// What happens to it.
  public var change: Change
  /// What it is about.
  public var kind: Kind
  /// The feature it is about, if it is about one.
  public var feature: String?
  /// How far it went.
  public var severity: Severity
  /// The model whose reference was left; nil where no model is concerned.
  public var model: ModelIdentity?
  /// The events that it is read from.
  public var window: Window
  /// The counts and figures behind it.
  public var evidence: Evidence
  /// The features that moved the score most, the strongest first.
  public var leading: [Leading]
  /// What happened, for people.
  public var message: String
  /// What to do about it, for people.
  public var action: String
  /// Whether the trainer should fit the model again; the trainer decides, nothing here replaces a model.
  public var requestsRefit: Bool
  /// The offset on the partials topic whose record raised it; for performance the end of the cohort judged, milliseconds
  /// since 1970.
  public var position: Int64

  /// Puts an alert together.
  public init(
    alertID: String,
    incidentID: String,
    change: Change,
    kind: Kind,
    feature: String? = nil,
    severity: Severity,
    model: ModelIdentity?,
    window: Window,
    evidence: Evidence = Evidence(),
    leading: [Leading] = [],
    message: String,
    action: String,
    requestsRefit: Bool = false,
    position: Int64
  ) {
    self.alertID = alertID
    self.incidentID = incidentID
    self.change = change
    self.kind = kind
    self.feature = feature
    self.severity = severity
    self.model = model
    self.window = window
    self.evidence = evidence
    self.leading = leading
    self.message = message
    self.action = action
    self.requestsRefit = requestsRefit
    self.position = position
  }
}
