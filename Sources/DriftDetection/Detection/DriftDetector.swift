import FeaturePipeline

/// Watches many distributions at once and says which have drifted, with a promise on false alarms.
///
/// Each watch gathers ``SequentialEvidence``. With F watches and a patience of T steps, the k watches with the
/// most evidence are in alarm where the k-th has at least F T / k (the e-detector Benjamini–Hochberg procedure):
/// the share of false ones among them, at whatever moment one looks, is in expectation at most the mean number
/// of steps until then over T, however the features depend on one another.
///
/// Dandapanthula and Ramdas, "Multiple testing in multi-stream sequential change detection", arXiv 2501.04130.
public struct DriftDetector: Sendable, Equatable {
  /// The state of one watch after a step.
  public struct Reading: Sendable, Equatable {
    /// Logarithm of the evidence; −∞ while there is none.
    public var logEvidence: Double
    /// Whether the watch is in alarm.
    public var isAlarm: Bool
  }

  /// What is watched.
  public let watches: [Watch]
  /// What is tolerated.
  public let tolerance: DriftTolerance
  /// The state of each watch, in the order of ``watches``.
  public private(set) var readings: [Reading]
  /// Steps taken.
  public private(set) var stepCount = 0

  private let slots: [Range<Int>]
  private var evidence: [SequentialEvidence]
  private var joined: [[Double]]
  private var pending: WindowCounts

  /// Begins to watch.
  ///
  /// - Parameters:
  ///   - profile: The reference.
  ///   - watches: What to watch of it; nil for the distribution of every feature.
  ///   - tolerance: What is tolerated.
  /// - Throws: ``DriftError`` when the reference has too few rows for the tolerance; it says how many it needs.
  public init(
    profile: ReferenceProfile,
    watches: [Watch]? = nil,
    tolerance: DriftTolerance
  ) throws(DriftError) {
    let watches = watches ?? profile.features.indices.map { Watch(.distribution, of: $0, in: profile) }
    self.watches = watches
    self.tolerance = tolerance
    let logCap = PortableMath.log(Double(max(1, watches.count)) * tolerance.patienceSteps * 10)
    slots = watches.map { profile.slots(of: $0.feature) }
    joined = watches.map { .init(repeating: 0, count: $0.binCount) }
    readings = watches.map { _ in Reading(logEvidence: -.infinity, isAlarm: false) }
    pending = WindowCounts(slotCount: profile.slotCount)
    evidence = []
    for watch in watches {
      let feature = profile.features[watch.feature]
      let required = tolerance.requiredRows(binCount: watch.binCount)
      guard feature.rowCount >= required else {
        throw DriftError(
          .referenceTooSmall,
          feature: feature.name,
          """
          a tolerated index of \(tolerance.stability) over \(watch.binCount) bins needs a reference of at least \
          \(required) rows, this one has \(feature.rowCount); tolerate more or give a larger reference
          """
        )
      }
      var reference = [Double](repeating: 0, count: watch.binCount)
      watch.join(feature.counts[...], into: &reference)
      evidence.append(
        SequentialEvidence(reference: reference, stability: tolerance.stability, logCap: logCap)
      )
    }
  }

  /// The evidence from which on a single watch is in alarm by itself, as a logarithm.
  public var logAlarm: Double { PortableMath.log(Double(max(1, watches.count)) * tolerance.patienceSteps) }

  /// Looks at a time block, joining it with those before it until there are events enough for a step.
  ///
  /// - Parameter block: What was counted.
  /// - Returns: Whether a step was taken; if so ``readings`` are new.
  /// - Precondition: A block of the same reference.
  /// - Complexity: O(slots).
  public mutating func observe(_ block: WindowCounts) -> Bool {
    pending.add(block)
    guard pending.eventCount >= UInt64(tolerance.stepEvents) else { return false }
    for index in watches.indices {
      watches[index].join(pending.counts[slots[index]], into: &joined[index])
      evidence[index].step(joined[index])
      readings[index] = Reading(logEvidence: evidence[index].logEvidence, isAlarm: false)
    }
    pending.removeAll()
    stepCount += 1
    raiseAlarms()
    return true
  }

  /// The most watches such that the k-th has evidence F T / k.
  private mutating func raiseAlarms() {
    let ranked = readings.indices.sorted {
      (readings[$1].logEvidence, $0) < (readings[$0].logEvidence, $1)
    }
    let needed = logAlarm
    let alarms = ranked.indices.last {
      readings[ranked[$0]].logEvidence >= needed - PortableMath.log(Double($0 + 1))
    }
    guard let alarms else { return }
    for index in ranked[...alarms] { readings[index].isAlarm = true }
  }
}
