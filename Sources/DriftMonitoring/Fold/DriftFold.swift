public import CreditEvents
public import DriftDetection
public import ModelRegistry

/// The monitor's state: a fold over the partials in the order of their log.
///
/// It has no clock and no chance: the same partials at the same positions give the same state and raise the same alerts,
/// byte for byte. Every offset of an input partition is counted once: a partial must begin where the last one of its
/// partition ended; an older one is dropped, one that straddles is refused and alerted, one that leaves a hole is counted
/// and alerted.
public struct DriftFold: Sendable {
  /// Finds the reference of a model; throws when there is no such model, or none that can be watched.
  public typealias FindReference = (ModelIdentity) throws -> DriftReference

  /// What became of the partials so far.
  public struct Tally: Sendable, Equatable {
    /// Counted.
    public internal(set) var counted = 0
    /// Dropped: counted before.
    public internal(set) var duplicates = 0
    /// Refused: counted before in part.
    public internal(set) var straddles = 0
    /// Offsets that no partial covers.
    public internal(set) var missingOffsets: Int64 = 0
    /// Covered, but of a model that cannot be watched.
    public internal(set) var unwatched = 0
    /// Decisions counted.
    public internal(set) var decisions = 0
    /// Dead letters in the offsets counted.
    public internal(set) var deadLetters = 0
  }

  /// What is watched of each model, in the order of their first partials.
  public private(set) var models: [ModelDrift] = []
  /// What became of the partials.
  public private(set) var tally = Tally()
  /// How far each input partition was counted, by topic.
  public private(set) var ledgers: [String: OffsetLedger] = [:]

  private let rules: MonitorRules
  private var offsetWatch = OffsetWatch()
  private var lagWatch: LagWatch
  private var unwatchable: [ModelIdentity] = []

  /// Begins with nothing counted.
  ///
  /// - Parameter rules: What is tolerated.
  public init(_ rules: MonitorRules) {
    self.rules = rules
    lagWatch = LagWatch(rules)
  }

  /// Takes the next partial of the log.
  ///
  /// - Parameters:
  ///   - partial: The partial.
  ///   - position: Its offset on the partials topic.
  ///   - reportedAt: The timestamp of its record, milliseconds since 1970; nil when it has none.
  ///   - find: Finds the reference of a model that was not met before.
  /// - Returns: The alerts that it raises, in order.
  public mutating func fold(
    _ partial: DriftPartial,
    at position: Int64,
    reportedAt: Int64? = nil,
    find: FindReference
  ) -> [DriftAlert] {
    var alerts: [DriftAlert] = []
    let admission = ledgers[partial.topic, default: OffsetLedger()]
      .admit(partial.offsets, of: partial.partition)
    alerts += offsetWatch.note(admission, of: partial, at: position)
    switch admission {
    case .duplicate:
      tally.duplicates += 1
      return alerts
    case .straddles:
      tally.straddles += 1
      return alerts
    case .countedAfterGap(let missing): tally.missingOffsets += missing
    case .counted: break
    }
    tally.counted += 1
    tally.decisions += partial.decisions
    tally.deadLetters += partial.deadLetters
    if let reportedAt { alerts += lagWatch.note(partial, reportedAt: reportedAt, at: position) }
    return alerts + count(partial, at: position, find: find)
  }

  private mutating func count(
    _ partial: DriftPartial,
    at position: Int64,
    find: FindReference
  ) -> [DriftAlert] {
    if unwatchable.contains(partial.model) {
      tally.unwatched += 1
      return []
    }
    do {
      let place = try place(of: partial.model, find: find)
      return try models[place].fold(partial, at: position)
    } catch {
      tally.unwatched += 1
      // Once is enough: the next partials of this model cannot be counted either.
      unwatchable.append(partial.model)
      return [.unwatchable(partial, because: error, at: position)]
    }
  }

  private mutating func place(of model: ModelIdentity, find: FindReference) throws -> Int {
    if let place = models.firstIndex(where: { $0.identity == model }) { return place }
    models.append(try ModelDrift(model, reference: find(model), rules: rules))
    return models.count - 1
  }
}
