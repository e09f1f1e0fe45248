import DriftDetection

/// A rule that may raise an alarm as rows come in, step by step.
protocol TrialRule {
  /// What the rule is called in tables.
  var name: String { get }

  /// Looks at a step of rows.
  ///
  /// - Parameter step: The rows and their counts.
  /// - Returns: The features that the rule raises an alarm about at this step, by position.
  mutating func observe(_ step: TrialStep) -> [Int]
}

/// Consecutive rows of a stream.
struct TrialStep {
  /// Which rows.
  let rows: Range<Int>
  /// What was counted in them.
  let counts: WindowCounts
}

/// The dummies that every rule has to be better than.
struct DummyRule: TrialRule {
  /// Whether it always raises an alarm, and otherwise never.
  let isAlways: Bool
  let featureCount: Int

  var name: String { isAlways ? "always" : "never" }

  func observe(_ step: TrialStep) -> [Int] { isAlways ? Array(0..<featureCount) : [] }
}

/// The sequential detector; an alarm is raised when it begins.
struct SequentialRule: TrialRule {
  let name: String
  private var detector: DriftDetector
  private var wasAlarm: [Bool]

  init(profile: ReferenceProfile, tolerance: DriftTolerance) throws(DriftError) {
    name = "sequential, tolerates \(tolerance.stability)"
    var watches: [Watch] = []
    for feature in profile.features.indices {
      let watch = Watch(.distribution, of: feature, in: profile)
      // A feature that the reference is too small for cannot be watched: what happens to it is missed.
      if profile.features[feature].rowCount >= tolerance.requiredRows(binCount: watch.binCount) {
        watches.append(watch)
      }
    }
    detector = try DriftDetector(profile: profile, watches: watches, tolerance: tolerance)
    wasAlarm = watches.map { _ in false }
  }

  mutating func observe(_ step: TrialStep) -> [Int] {
    guard detector.observe(step.counts) else { return [] }
    var raised: [Int] = []
    for (index, reading) in detector.readings.enumerated() {
      if reading.isAlarm, !wasAlarm[index] { raised.append(detector.watches[index].feature) }
      wasAlarm[index] = reading.isAlarm
    }
    return raised
  }
}

/// A rule that judges windows of rows one by one, each as if it were the only one.
struct WindowRule: TrialRule {
  /// How a window is judged.
  enum Judgement {
    /// A feature whose index reaches a limit.
    case index(Double)
    /// A feature whose χ² test survives Benjamini and Hochberg at 5 % over the features of the window.
    case discovery
  }

  let name: String
  private let judgement: Judgement
  private let profile: ReferenceProfile
  private let windowRows: UInt64
  private var window: WindowCounts

  init(_ judgement: Judgement, profile: ReferenceProfile, windowRows: Int) {
    self.judgement = judgement
    self.profile = profile
    self.windowRows = UInt64(windowRows)
    window = WindowCounts(slotCount: profile.slotCount)
    name =
      switch judgement {
      case .index(let limit): "PSI from \(limit), windows of \(windowRows)"
      case .discovery: "chi-square and BH, windows of \(windowRows)"
      }
  }

  mutating func observe(_ step: TrialStep) -> [Int] {
    window.add(step.counts)
    guard window.eventCount >= windowRows else { return [] }
    defer { window.removeAll() }
    let drifts = profile.features.indices.map {
      FeatureDrift(profile.features[$0], current: Array(window.counts[profile.slots(of: $0)]))
    }
    switch judgement {
    case .index(let limit): return drifts.indices.filter { drifts[$0].stability >= limit }
    case .discovery:
      let adjusted = FalseDiscoveryRate.adjusted(drifts.map(\.test.pValue))
      return adjusted.indices.filter { adjusted[$0] < 0.05 }
    }
  }
}

/// Evidently's default measure and threshold for each column, window by window.
struct EvidentlyRule: TrialRule {
  let name: String
  private let reference: [ObservedColumn]
  private let current: [ObservedColumn]
  private let windowRows: Int
  private var start = 0

  init(reference: [ObservedColumn], current: [ObservedColumn], windowRows: Int) {
    self.reference = reference
    self.current = current
    self.windowRows = windowRows
    name = "Evidently's defaults, windows of \(windowRows)"
  }

  mutating func observe(_ step: TrialStep) -> [Int] {
    guard step.rows.upperBound - start >= windowRows else { return [] }
    let rows = start..<step.rows.upperBound
    start = rows.upperBound
    return reference.indices.filter { index in
      EvidentlyColumn(
        reference[index].kind == .number ? .number : .category,
        reference: reference[index].values,
        current: Array(current[index].values[rows])
      ).verdict().isDrift
    }
  }
}
