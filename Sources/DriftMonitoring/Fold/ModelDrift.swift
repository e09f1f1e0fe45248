public import CreditEvents
public import DriftDetection
public import ModelRegistry

/// What is known of the drift of one model: the merged windows, the detectors over them, the alerts they raised.
public struct ModelDrift: Sendable {
  /// Alerts remembered for reports; older ones are on the alerts topic.
  static let rememberedAlerts = 1_000

  /// The model.
  public let identity: ModelIdentity
  /// What the population looked like at training.
  public let reference: DriftReference
  /// What all scorers counted, by time block.
  public private(set) var windows: MergedWindows
  /// Watches where the values of each feature, the score and the decision lie.
  public private(set) var drift: DriftDetector
  /// Watches how often each feature is missing or never seen, with a patience of its own.
  public private(set) var quality: DriftDetector
  /// The latest alerts, oldest first.
  public private(set) var alerts: [DriftAlert] = []

  private let rules: MonitorRules
  private var driftBook: AlertBook
  private var qualityBook: AlertBook
  private var incidents: IncidentBook
  private var volume: VolumeWatch

  /// Begins to watch a model.
  ///
  /// - Parameters:
  ///   - identity: The model.
  ///   - reference: What the population looked like at training.
  ///   - rules: What is tolerated.
  /// - Throws: `DriftError` when the reference is too small for the tolerance; it says how many rows are needed.
  public init(
    _ identity: ModelIdentity,
    reference: DriftReference,
    rules: MonitorRules
  ) throws(DriftError) {
    self.identity = identity
    self.reference = reference
    self.rules = rules
    let profile = reference.profile
    windows = MergedWindows(slotCount: profile.slotCount, timing: rules.timing)
    drift = try DriftDetector(profile: profile, tolerance: rules.tolerance)
    let watched = reference.watched.values
    let quality = profile.features.indices
      .filter { watched[$0].source != .decision }
      .flatMap { feature in
        [Watch(.missing, of: feature, in: profile), Watch(.unseen, of: feature, in: profile)]
      }
    self.quality = try DriftDetector(profile: profile, watches: quality, tolerance: rules.tolerance)
    // Incidents are kept across both books, so each book's own groups do not matter.
    driftBook = AlertBook(groups: Array(drift.watches.indices), rules: rules.alerts)
    qualityBook = AlertBook(groups: Array(quality.indices), rules: rules.alerts)
    incidents = IncidentBook(groups: reference.groups)
    volume = VolumeWatch(rules, blockMilliseconds: reference.blockMilliseconds)
  }

  /// The alerts that are open now, oldest first.
  public var openAlerts: [DriftAlert] { incidents.open }

  /// Adds what a transaction counted, and looks at the time blocks that are done by it.
  ///
  /// - Parameters:
  ///   - partial: Counts of this model whose offsets were not counted before.
  ///   - position: The partial's place in the log.
  /// - Returns: The alerts that it raises.
  /// - Throws: `DriftError` when the counts are of another layout; nothing is counted then.
  mutating func fold(_ partial: DriftPartial, at position: Int64) throws(DriftError) -> [DriftAlert] {
    guard partial.blockMilliseconds == reference.blockMilliseconds else {
      throw DriftError(
        .otherLayout,
        """
        time blocks of \(partial.blockMilliseconds) ms, those of the model's reference have \
        \(reference.blockMilliseconds) ms: the bundle of the scorers is another one
        """
      )
    }
    // Offsets of other models in between are no hole: whether any is missing was judged before.
    _ = try windows.fold(WindowPartial(partial))
    var raised: [DriftAlert] = []
    for block in windows.endBlocks() {
      raised += volume.note(block, model: identity, at: position)
      raised += observe(block, at: position)
    }
    alerts = (alerts + raised).suffix(Self.rememberedAlerts)
    return raised
  }

  /// The window that alerts and gauges describe: the latest done blocks with events enough.
  public var evidenceWindow: EvidenceWindow {
    EvidenceWindow(windows, events: UInt64(rules.evidenceEvents), reference: reference)
  }

  private mutating func observe(_ block: MergedWindows.Block, at position: Int64) -> [DriftAlert] {
    // Both detectors join the same blocks, so they step together.
    let stepped = drift.observe(block.counts)
    guard quality.observe(block.counts), stepped else { return [] }
    let changes = driftBook.note(drift).map { ($0, drift) } + qualityBook.note(quality).map { ($0, quality) }
    let open = driftBook.openWatches.map { ($0, drift) } + qualityBook.openWatches.map { ($0, quality) }
    guard !changes.isEmpty || !open.isEmpty else { return [] }
    let composer = AlertComposer(model: identity, reference: reference, window: evidenceWindow)
    var raised = changes.map { entry, detector in
      let alert = composer.alert(entry.watch, entry.change, of: detector, at: position)
      return incidents.note(alert, feature: detector.watches[entry.watch].feature)
    }
    // The first events of a drift are outnumbered by those before it: it is said again when it turns out to be graver.
    for (watch, detector) in open {
      let alert = composer.alert(watch, .ongoing, of: detector, at: position)
      let feature = detector.watches[watch].feature
      if incidents.isGraver(alert, feature: feature) {
        raised.append(incidents.note(alert, feature: feature))
      }
    }
    return raised
  }
}
