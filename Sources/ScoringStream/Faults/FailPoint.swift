/// The places at which a scorer can be told to kill itself, so that a test can crash it where it hurts.
///
/// Between any two of them stands one call to a broker, or half of one.
public enum FailPoint: String, Sendable, CaseIterable {
  /// The producer has taken over its transactional id.
  case afterInitTransactions = "after_init_transactions"
  /// The consumer was told where to read.
  case afterAssign = "after_assign"
  /// Nothing is in hand.
  case beforePoll = "before_poll"
  /// A record is in hand.
  case afterPoll = "after_poll"
  /// A transaction is open and holds nothing.
  case beforeProduce = "before_produce"
  /// Half of the answers are on their way.
  case midProduce = "mid_produce"
  /// All answers are on their way.
  case afterProduce = "after_produce"
  /// All answers have arrived, the offsets are not sent.
  case beforeSendOffsets = "before_send_offsets"
  /// The offsets are part of the transaction.
  case afterSendOffsets = "after_send_offsets"
  /// Answers and offsets have arrived; only the commit is missing.
  case beforeCommit = "before_commit"
  /// The commit is under way.
  case duringCommit = "during_commit"
  /// The commit is confirmed, but the loop has not heard of it.
  case afterCommit = "after_commit"
}

/// A crash that was ordered: at a place, the n-th time that a worker comes there.
public struct PlannedCrash: Sendable, Equatable {
  /// The environment variable that orders one: `CREDITSTREAM_FAIL_POINT=after_produce:3`.
  public static let variable = "CREDITSTREAM_FAIL_POINT"

  /// Where.
  public var point: FailPoint
  /// At which visit, from 1.
  public var visit: Int

  /// Orders a crash.
  ///
  /// - Parameters:
  ///   - point: Where.
  ///   - visit: At which visit, from 1.
  public init(_ point: FailPoint, visit: Int = 1) {
    self.point = point
    self.visit = visit
  }

  /// Reads an order such as `after_produce` or `after_produce:3`.
  ///
  /// - Parameter text: The order.
  /// - Throws: ``ScoringStreamError`` that lists the places when it names none of them.
  public init(_ text: String) throws(ScoringStreamError) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let point = FailPoint(rawValue: String(parts[0])), parts.count <= 2,
      let visit = parts.count == 1 ? 1 : Int(parts[1]), visit >= 1
    else {
      let names = FailPoint.allCases.map(\.rawValue).joined(separator: ", ")
      throw ScoringStreamError(
        .settings,
        "\(Self.variable)=\(text) is no fail point: give one of \(names), and the visit after a colon"
      )
    }
    self.init(point, visit: visit)
  }
}
