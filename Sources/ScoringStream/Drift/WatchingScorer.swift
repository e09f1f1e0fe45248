public import CreditEvents
public import CreditScoring
public import ModelRegistry
public import StrictJSON

/// Decides with a model and keeps what it decided on, to be counted for drift.
public final class WatchingScorer: RecordScorer {
  private let scorer: ApplicationScorer
  private let watched: WatchedValues
  private let eventWatch: EventWatch

  /// Watches a scorer.
  ///
  /// - Parameters:
  ///   - scorer: Decides.
  ///   - reference: The reference of the scorer's own bundle.
  public init(_ scorer: ApplicationScorer, reference: DriftReference) {
    self.scorer = scorer
    watched = reference.watched
    eventWatch = EventWatch(reference.profile, blockMilliseconds: reference.blockMilliseconds)
  }

  /// Counts the record decided last.
  public var watch: EventWatch? { eventWatch }

  /// Decides one record and keeps its values.
  ///
  /// - Parameters:
  ///   - value: The record's value; nil for a tombstone.
  ///   - source: Where the record stands.
  ///   - writer: Receives the decision.
  /// - Returns: What was decided, or why nothing could be.
  public func score(
    _ value: UnsafeRawBufferPointer?,
    from source: RecordCoordinates,
    into writer: inout JSONWriter
  ) -> Result<ScoredRecord, Rejection> {
    scorer.decide(value, from: source, into: &writer).map { decision in
      eventWatch.take { output in
        scorer.withLatest { values, features in
          watched.gather(
            values,
            features: features,
            margin: decision.margin,
            outcome: decision.outcome,
            into: output
          )
        }
      }
      return ScoredRecord(applicationID: decision.applicationID, outcome: decision.outcome)
    }
  }
}
