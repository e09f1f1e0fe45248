public import CreditEvents

/// One record for an applications topic, and what is known beside it.
public struct OutgoingApplication: Sendable, Equatable {
  /// The application's id: the record's key.
  public var id: String
  /// The record's value; nil for a tombstone.
  public var value: [UInt8]?
  /// The record's timestamp: when the application was made, in milliseconds since 1970-01-01 UTC.
  public var eventTimeMilliseconds: Int64
  /// What becomes of the loan, where it is known.
  public var outcome: LoanOutcome?
  /// What was made wrong with the value on purpose.
  public var flaw: Flaw?

  /// Creates a record.
  public init(
    id: String,
    value: [UInt8]?,
    eventTimeMilliseconds: Int64,
    outcome: LoanOutcome? = nil,
    flaw: Flaw? = nil
  ) {
    self.id = id
    self.value = value
    self.eventTimeMilliseconds = eventTimeMilliseconds
    self.outcome = outcome
    self.flaw = flaw
  }
}

/// Where the applications to publish come from, one after the other.
public protocol ApplicationSource {
  /// How many there will be, if that is known before the end.
  var expectedCount: Int? { get }

  /// The next application, nil at the end.
  ///
  /// - Returns: A record.
  /// - Throws: ``SimulationError``, or the error of the file that is read.
  mutating func next() throws -> OutgoingApplication?
}
