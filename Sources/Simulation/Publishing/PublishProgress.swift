/// How far a publishing has come, or what it came to.
public struct PublishProgress: Sendable, Equatable {
  /// Applications handed to the producer, flawed ones included.
  public internal(set) var applications = 0
  /// How many there will be, if that is known.
  public internal(set) var expected: Int?
  /// Planted flaws among them.
  public internal(set) var flaws: [Flaw: Int] = [:]
  /// Bytes of their keys and values.
  public internal(set) var bytes = 0
  /// Outcomes handed to the producer.
  public internal(set) var outcomes = 0
  /// Outcomes that are not yet known at the time of the last application.
  public internal(set) var pendingOutcomes = 0
  /// Seconds since the beginning.
  public internal(set) var seconds = 0.0
  /// Whether the gate ended it before the source did.
  public internal(set) var wasStopped = false

  /// Creates the state before the first record.
  public init() {}

  /// Applications per second since the beginning.
  public var rate: Double { seconds > 0 ? Double(applications) / seconds : 0 }

  /// Planted flaws that leave no decision: so many dead letters must follow.
  public var rejectable: Int {
    flaws.reduce(0) { $0 + ($1.key.rejection == nil ? 0 : $1.value) }
  }
}
