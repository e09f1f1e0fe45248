import CreditEvents
import DriftDetection

/// Alerts when far fewer or far more applications are decided than a week before at the same time.
struct VolumeWatch: Sendable, Equatable {
  private static let week: Int64 = 7 * 24 * 3_600_000

  private let rules: MonitorRules
  private let length: Int64
  private let blockMilliseconds: Int64
  /// Events by window, of the latest windows.
  private var counts: [(window: Int64, events: UInt64)] = []
  private var open: DriftAlert?

  init(_ rules: MonitorRules, blockMilliseconds: Int64) {
    self.rules = rules
    length = max(1, rules.volumeHours) * 3_600_000
    self.blockMilliseconds = blockMilliseconds
  }

  static func == (first: VolumeWatch, second: VolumeWatch) -> Bool {
    first.rules == second.rules && first.open == second.open
      && first.counts.elementsEqual(second.counts) { $0 == $1 }
  }

  /// Takes a block that is done; blocks come in order.
  mutating func note(
    _ block: MergedWindows.Block,
    model: ModelIdentity,
    at position: Int64
  ) -> [DriftAlert] {
    let window = TimeBlock(containing: block.time.index * blockMilliseconds, length: length).index
    guard let last = counts.last else {
      counts.append((window, block.counts.eventCount))
      return []
    }
    if window == last.window {
      counts[counts.count - 1].events &+= block.counts.eventCount
      return []
    }
    // What lies between holds nothing, but a clock that jumps by years is no month of silence.
    let first = max(last.window, window - 2 * Self.week / length)
    var alerts: [DriftAlert] = []
    for ended in first..<window {
      if ended > last.window { counts.append((ended, 0)) }
      alerts += judge(ended, model: model, at: position)
    }
    counts.append((window, block.counts.eventCount))
    counts.removeAll { $0.window < window - 3 * Self.week / length }
    return alerts
  }

  private mutating func judge(_ window: Int64, model: ModelIdentity, at position: Int64) -> [DriftAlert] {
    let earlier = window - max(1, Self.week / length)
    guard let before = counts.first(where: { $0.window == earlier })?.events, before >= rules.volumeMinimum,
      let now = counts.last(where: { $0.window == window })?.events
    else { return [] }
    let share = Double(now) / Double(before)
    let isOdd = share < rules.volumeShare || share * rules.volumeShare > 1
    guard isOdd || open != nil else { return [] }
    let id = open?.alertID ?? "\(model.name)/\(model.version)/volume/\(position)"
    let alert = DriftAlert(
      alertID: id,
      incidentID: id,
      change: !isOdd ? .closed : open == nil ? .opened : .ongoing,
      kind: .volume,
      severity: share < rules.volumeShare / 5 || share * rules.volumeShare > 5 ? .major : .moderate,
      model: model,
      window: .init(
        fromMilliseconds: window * length,
        toMilliseconds: (window + 1) * length,
        events: Int(clamping: now)
      ),
      evidence: .init(value: Double(now), expected: Double(before)),
      message: isOdd
        ? "\(now) applications were decided, a week before it were \(before)"
        : "as many applications as a week before are decided again",
      action:
        "ask the intake whether a channel is down or new; compare with the offsets of the applications topic",
      position: position
    )
    open = isOdd ? alert : nil
    return [alert]
  }
}
