public import CreditEvents
public import StrictJSON

/// What a record was decided to.
public struct ScoredRecord: Sendable, Equatable {
  /// The application's id, canonical text: the key of the decision.
  public var applicationID: String
  /// What is answered.
  public var outcome: Decision.Outcome

  /// Pairs an id with an outcome.
  ///
  /// - Parameters:
  ///   - applicationID: The application's id, canonical text.
  ///   - outcome: What is answered.
  public init(applicationID: String, outcome: Decision.Outcome) {
    self.applicationID = applicationID
    self.outcome = outcome
  }
}

/// Decides records with one model; each worker makes its own, so it may reuse buffers.
public protocol RecordScorer: AnyObject {
  /// Decides one record.
  ///
  /// - Parameters:
  ///   - value: The record's value; nil for a tombstone.
  ///   - source: Where the record stands.
  ///   - writer: Receives the decision; what it holds after a rejection does not count.
  /// - Returns: What was decided, or why nothing could be.
  func score(
    _ value: UnsafeRawBufferPointer?,
    from source: RecordCoordinates,
    into writer: inout JSONWriter
  ) -> Result<ScoredRecord, Rejection>

  /// Counts the record that was decided last; nil when its drift is not watched.
  var watch: EventWatch? { get }
}

extension RecordScorer {
  /// Nothing is watched unless a scorer says otherwise.
  public var watch: EventWatch? { nil }
}

/// A model that was announced, loaded and checked.
public struct AnnouncedModel: Sendable {
  /// Its place in the log of announcements and when it applies.
  public var activation: ModelActivation
  /// Name, version and hash of the bundle.
  public var identity: ModelIdentity
  /// Makes a scorer for one worker.
  public var makeScorer: @Sendable () -> any RecordScorer

  /// Describes a loaded model.
  ///
  /// - Parameters:
  ///   - activation: Its place in the log of announcements and when it applies.
  ///   - identity: Name, version and hash of the bundle.
  ///   - makeScorer: Makes a scorer for one worker.
  public init(
    activation: ModelActivation,
    identity: ModelIdentity,
    makeScorer: @escaping @Sendable () -> any RecordScorer
  ) {
    self.activation = activation
    self.identity = identity
    self.makeScorer = makeScorer
  }
}
