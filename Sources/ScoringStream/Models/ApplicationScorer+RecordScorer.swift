public import CreditEvents
public import CreditScoring
public import StrictJSON

extension ApplicationScorer: RecordScorer {
  /// Decides one record.
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
    decide(value, from: source, into: &writer).map { decision in
      ScoredRecord(applicationID: decision.applicationID, outcome: decision.outcome)
    }
  }
}
