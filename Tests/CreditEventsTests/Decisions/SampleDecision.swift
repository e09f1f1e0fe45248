import CreditEvents

enum SampleDecision {
  static let source = RecordCoordinates(topic: "loan.applications", partition: 3, offset: 12_345)

  /// A decision in which every member has something in it.
  static let full = Decision(
    decisionID: DecisionID(source: source, applicationID: "100002"),
    applicationID: "100002",
    outcome: .decline,
    probabilityOfDefault: 0.1234567890123,
    margin: -1.9600002,
    points: 574,
    thresholds: Decision.Thresholds(referFrom: 0.07, declineFrom: 1.0 / 11, costRatio: 10),
    rules: ["UNDER_AGE"],
    reasons: [
      Decision.Reason(code: "SCORE", fields: ["ext_1"], contribution: 0.5),
      Decision.Reason(code: "LOAD", fields: ["credit", "income"], contribution: 0.1),
    ],
    base: -2.75,
    other: 1.9e-7,
    model: ModelIdentity(
      name: "home-credit",
      version: "2026-11-22",
      sha256: String(repeating: "ab", count: 32)
    ),
    pipeline: PipelineIdentity(name: "home-credit", version: 1),
    policyVersion: 2,
    source: source,
    dataQuality: Decision.Quality(
      missing: 12,
      unseenCategory: ["job"],
      outOfRange: ["income"],
      unknownFieldCount: 2,
      unknownFields: ["é\"x", ""]
    ),
    program: "0.1.0"
  )
}
