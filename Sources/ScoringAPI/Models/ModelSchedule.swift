import CreditEvents

/// Which announced model is due: the latest in the log whose time has come, and never one before it again.
///
/// A request has no place in a topic, so its time is the time it is answered.
struct ModelSchedule: Sendable {
  private var announcements: [ModelAnnouncement] = []
  private var reached = -1

  /// Takes the next announcement of the log.
  mutating func add(_ announcement: ModelAnnouncement) { announcements.append(announcement) }

  /// The newest announcement that is due and was not asked for before.
  ///
  /// Before anything was in force the first announcement stands in when none is due: a request that comes before every
  /// activation must be decided too.
  ///
  /// - Parameter now: Milliseconds since 1970.
  /// - Returns: The announcements to try, the best first; empty when nothing changes.
  mutating func due(at now: Int64) -> [ModelAnnouncement] {
    let due = announcements.indices.filter { $0 > reached && announcements[$0].activeFromMilliseconds <= now }
    if let last = due.last {
      reached = last
      return due.reversed().map { announcements[$0] }
    }
    guard reached < 0, let first = announcements.first else { return [] }
    return [first]
  }
}
