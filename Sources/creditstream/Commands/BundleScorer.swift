import CreditEvents
import CreditScoring
import ScoringStream
import StrictJSON

/// Lets the stream decide with a bundle.
final class BundleScorer: RecordScorer {
  private let scorer: ApplicationScorer

  init(model: ScoringModel) {
    scorer = ApplicationScorer(model: model)
  }

  func score(
    _ value: UnsafeRawBufferPointer?,
    from source: RecordCoordinates,
    into writer: inout JSONWriter
  ) -> Result<ScoredRecord, Rejection> {
    scorer.decide(value, from: source, into: &writer).map { decision in
      ScoredRecord(applicationID: decision.applicationID, outcome: decision.outcome)
    }
  }
}
