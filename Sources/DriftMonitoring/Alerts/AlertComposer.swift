import CreditEvents
import DriftDetection
import ModelRegistry

/// Puts what a detector says into words and figures, from the counts of a window.
struct AlertComposer {
  /// Leading features named in an alert.
  static let maximumLeading = 5
  /// Chance alone exceeds the noise band in this share of windows.
  static let noiseProbability = 0.05

  private let model: ModelIdentity
  private let reference: DriftReference
  private let window: EvidenceWindow
  private let leading: [DriftAlert.Leading]

  /// Prepares alerts on one window.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - reference: Its reference.
  ///   - window: The window that the figures are taken of.
  init(model: ModelIdentity, reference: DriftReference, window: EvidenceWindow) {
    self.model = model
    self.reference = reference
    self.window = window
    let profile = reference.profile
    let shift = ScoreShift(profile: profile, window: window.counts)
    leading = shift.parts.prefix(Self.maximumLeading).filter { $0.shift != 0 }.map { part in
      let figures = WatchFigures(Watch(.distribution, of: part.feature, in: profile), profile, window.counts)
      return DriftAlert.Leading(
        feature: profile.features[part.feature].name,
        shift: part.shift,
        stability: figures.stability
      )
    }
  }

  /// The alert of a watch, as if it opened now.
  ///
  /// - Parameters:
  ///   - index: The watch, by its position in the detector.
  ///   - change: What happened to it.
  ///   - detector: Its detector.
  ///   - position: The place in the log.
  /// - Returns: The alert.
  func alert(
    _ index: Int,
    _ change: AlertBook.Change,
    of detector: DriftDetector,
    at position: Int64
  ) -> DriftAlert {
    let watch = detector.watches[index]
    let profile = reference.profile
    let feature = profile.features[watch.feature]
    let kind = kind(of: watch)
    let figures = WatchFigures(watch, profile, window.counts)
    let severity = Severity(stability: figures.stability)
    let id = "\(model.name)/\(model.version)/\(kind.rawValue)/\(feature.name)/\(position)"
    let reading = detector.readings[index]
    let change = DriftAlert.Change(change)
    let labels = BinLabels(watch, feature, reference.watched.values[watch.feature]).texts
    return DriftAlert(
      alertID: id,
      incidentID: id,
      change: change,
      kind: kind,
      feature: feature.name,
      severity: DriftAlert.Severity(severity),
      model: model,
      window: .init(
        fromMilliseconds: window.fromMilliseconds,
        toMilliseconds: window.toMilliseconds,
        events: Int(clamping: window.counts.eventCount)
      ),
      evidence: .init(
        logEvidence: reading.logEvidence.isFinite ? reading.logEvidence : nil,
        logAlarm: detector.logAlarm,
        stability: figures.stability,
        noise: figures.noise.isFinite ? figures.noise : nil,
        value: watch.kind == .distribution ? nil : figures.currentShare,
        expected: watch.kind == .distribution ? nil : figures.referenceShare,
        bins: zip(labels, zip(figures.reference, figures.current)).map { label, counts in
          .init(label: label, reference: Int(clamping: counts.0), current: Int(clamping: counts.1))
        }
      ),
      leading: leading,
      message: message(kind, feature.name, change, figures),
      action: kind.action,
      requestsRefit: change != .closed && severity == .major && kind.isCuredByRefit,
      position: position
    )
  }

  private func kind(of watch: Watch) -> DriftAlert.Kind {
    switch (watch.kind, reference.watched.values[watch.feature].source) {
    case (.missing, _): .missing
    case (.unseen, _): .unseen
    case (.distribution, .margin): .score
    case (.distribution, .decision): .decisionRate
    case (.distribution, _): .distribution
    }
  }

  private func message(
    _ kind: DriftAlert.Kind,
    _ feature: String,
    _ change: DriftAlert.Change,
    _ figures: WatchFigures
  ) -> String {
    let subject =
      switch kind {
      case .missing: "\(feature): missing values"
      case .unseen: "\(feature): values never seen at training"
      case .score: "the score"
      case .decisionRate: "the share of decisions"
      default: feature
      }
    let verb =
      switch change {
      case .opened: "drifted"
      case .ongoing: "still drift"
      case .closed: "are back within what is tolerated"
      }
    let noise = figures.noise.isFinite ? ", chance gives up to \(Self.rounded(figures.noise))" : ""
    let shares =
      watch(kind)
      ? "; \(Self.rounded(100 * figures.currentShare)) % now, \(Self.rounded(100 * figures.referenceShare)) % at training"
      : ""
    return
      "\(subject) \(verb): PSI \(Self.rounded(figures.stability)) over \(figures.events) events\(noise)\(shares)"
  }

  private func watch(_ kind: DriftAlert.Kind) -> Bool { kind == .missing || kind == .unseen }

  /// Four digits behind the point are more than the figures carry.
  static func rounded(_ value: Double) -> String { "\((value * 10_000).rounded() / 10_000)" }
}

extension DriftAlert.Change {
  fileprivate init(_ change: AlertBook.Change) {
    switch change {
    case .opened: self = .opened
    case .ongoing: self = .ongoing
    case .closed: self = .closed
    }
  }
}

extension DriftAlert.Severity {
  fileprivate init(_ severity: Severity) {
    switch severity {
    case .minor: self = .minor
    case .moderate: self = .moderate
    case .major: self = .major
    }
  }
}

extension DriftAlert.Kind {
  /// Whether a model that is fitted to newer applications would be better off.
  fileprivate var isCuredByRefit: Bool {
    switch self {
    case .distribution, .score, .decisionRate, .performance, .estimatedPerformance: true
    case .missing, .unseen, .volume, .lag, .offsets, .unknownModel: false
    }
  }

  /// What to do.
  fileprivate var action: String {
    switch self {
    case .distribution:
      "ask the intake whether the field changed its meaning or unit; if the population did, look at the leading "
        + "features and at the outcomes, and consider a refit"
    case .missing:
      "ask the intake why the field is missing: a form, an interface or a bureau may have changed"
    case .unseen: "ask the intake for the new values; map them, or train with them"
    case .score: "look at the leading features; compare decision rates and, when they are known, outcomes"
    case .decisionRate: "compare with the lending policy; look at the score and the leading features"
    default: "look at the report"
    }
  }
}
