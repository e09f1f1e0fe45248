/// What became of the records given to a producer.
public struct Deliveries: Sendable, Equatable {
  /// Records accepted by `produce`.
  public var accepted = 0
  /// Records the brokers have acknowledged.
  public var delivered = 0
  /// Records that will never arrive.
  public var failed = 0
  /// Records thrown away by an abort or a close.
  public var purged = 0
  /// Records still on their way.
  public var outstanding = 0

  /// Creates an account in which nothing has happened.
  public init() {}

  init(_ account: DeliveryAccount, outstanding: Int) {
    accepted = account.accepted
    failed = account.failed
    purged = account.purged
    self.outstanding = outstanding
    delivered = max(0, accepted - failed - purged - outstanding)
  }
}
