/// What the sequential detector found in a sequence of rows.
public struct DetectionSummary: Sendable, Equatable {
  /// A feature in alarm.
  public struct Alarm: Sendable, Equatable {
    /// The feature's position in the reference.
    public let feature: Int
    /// How many rows had been seen at its first alarm.
    public let rowCount: UInt64
  }

  /// A feature that the reference is too small for.
  public struct Unwatched: Sendable, Equatable {
    /// The feature's position in the reference.
    public let feature: Int
    /// The rows that the reference would need.
    public let requiredRows: UInt64
  }

  /// What was tolerated.
  public let tolerance: DriftTolerance
  /// Features that have been in alarm, the first alarm first.
  public let alarms: [Alarm]
  /// Features that could not be watched.
  public let unwatched: [Unwatched]
  /// Steps taken.
  public let stepCount: Int

  /// Watches rows in their order, in steps, until the end.
  ///
  /// A feature that the reference is too small for is left out and named; the others are watched.
  ///
  /// - Parameters:
  ///   - steps: The rows in order, in portions of about a step.
  ///   - profile: The reference.
  ///   - features: The features to watch.
  ///   - tolerance: What is tolerated.
  /// - Throws: ``DriftError`` for a step of another reference's layout.
  public init(
    _ steps: some Sequence<WindowCounts>,
    profile: ReferenceProfile,
    features: [Int],
    tolerance: DriftTolerance
  ) throws(DriftError) {
    self.tolerance = tolerance
    var watches: [Watch] = []
    var unwatched: [Unwatched] = []
    for feature in features {
      let watch = Watch(.distribution, of: feature, in: profile)
      let required = tolerance.requiredRows(binCount: watch.binCount)
      if profile.features[feature].rowCount >= required {
        watches.append(watch)
      } else {
        unwatched.append(Unwatched(feature: feature, requiredRows: required))
      }
    }
    self.unwatched = unwatched
    guard !watches.isEmpty else {
      alarms = []
      stepCount = 0
      return
    }
    var detector = try DriftDetector(profile: profile, watches: watches, tolerance: tolerance)
    var first = [UInt64?](repeating: nil, count: watches.count)
    var evidence = [Double](repeating: -.infinity, count: watches.count)
    var rows: UInt64 = 0
    for step in steps {
      rows += step.eventCount
      guard detector.observe(step) else { continue }
      for (index, reading) in detector.readings.enumerated() where reading.isAlarm && first[index] == nil {
        first[index] = rows
        evidence[index] = reading.logEvidence
      }
    }
    stepCount = detector.stepCount
    alarms = watches.indices
      .compactMap { index in first[index].map { (index, $0) } }
      // Of those that came at the same step, the one with more evidence then.
      .sorted { ($0.1, evidence[$1.0], $0.0) < ($1.1, evidence[$0.0], $1.0) }
      .map { Alarm(feature: watches[$0.0].feature, rowCount: $0.1) }
  }
}
