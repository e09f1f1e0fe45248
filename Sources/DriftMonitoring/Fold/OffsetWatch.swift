import CreditEvents
import DriftDetection

/// Alerts on offsets that were counted twice in part, or never; over when the partition's next partial fits.
struct OffsetWatch: Sendable, Equatable {
  /// The open alert of each partition, by topic and partition.
  private var open: [String: DriftAlert] = [:]

  /// Takes the verdict on a partial.
  mutating func note(
    _ admission: OffsetLedger.Admission,
    of partial: DriftPartial,
    at position: Int64
  ) -> [DriftAlert] {
    let key = "\(partial.topic)/\(partial.partition)"
    let range = "\(partial.offsets.lowerBound) to \(partial.offsets.upperBound - 1)"
    switch admission {
    case .duplicate: return []
    case .counted:
      guard var alert = open.removeValue(forKey: key) else { return [] }
      alert.change = .closed
      alert.message = "counts of \(key) follow one another again"
      alert.position = position
      return [alert]
    case .countedAfterGap(let missing):
      return [
        raise(
          key,
          .moderate,
          "\(missing) offsets of \(key) before \(partial.offsets.lowerBound) were never counted",
          "find out whether they were decided by a model without a reference, in at-least-once mode, or by a program "
            + "that reports no counts; drift figures leave them out",
          partial,
          position
        )
      ]
    case .straddles(let mark):
      return [
        raise(
          key,
          .major,
          "counts of the offsets \(range) of \(key) were refused: those before \(mark) were counted already",
          "look whether the group's offsets were set back, or scorers run in at-least-once mode; the offsets from "
            + "\(mark) on are missing in the drift figures",
          partial,
          position
        )
      ]
    }
  }

  private mutating func raise(
    _ key: String,
    _ severity: DriftAlert.Severity,
    _ message: String,
    _ action: String,
    _ partial: DriftPartial,
    _ position: Int64
  ) -> DriftAlert {
    let id = open[key]?.alertID ?? "offsets/\(key)/\(position)"
    let alert = DriftAlert(
      alertID: id,
      incidentID: id,
      change: open[key] == nil ? .opened : .ongoing,
      kind: .offsets,
      severity: severity,
      model: partial.model,
      window: partial.window,
      message: message,
      action: action,
      position: position
    )
    open[key] = alert
    return alert
  }
}

extension DriftPartial {
  /// The stretch of event time that it covers.
  var window: DriftAlert.Window {
    DriftAlert.Window(
      fromMilliseconds: (blocks.first?.index ?? 0) * blockMilliseconds,
      toMilliseconds: blocks.last.map { ($0.index + 1) * blockMilliseconds } ?? 0,
      events: decisions
    )
  }
}

extension DriftAlert {
  /// Says that the counts of a model are not looked at.
  static func unwatchable(
    _ partial: DriftPartial,
    because error: any Error,
    at position: Int64
  ) -> DriftAlert {
    let model = partial.model
    let id = "unknown_model/\(model.name)/\(model.version)/\(model.sha256.prefix(12))"
    return DriftAlert(
      alertID: id,
      incidentID: id,
      change: .opened,
      kind: .unknownModel,
      severity: .major,
      model: model,
      window: partial.window,
      message: "the drift of \(model.name)/\(model.version) is not watched: \(error)",
      action: "give the monitor a registry with this bundle and a reference large enough, and start it again",
      position: position
    )
  }
}
