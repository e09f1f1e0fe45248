import CreditEvents
import CreditScoring
import StrictJSON
import Testing

@Suite("Policy")
struct PolicyTests {
  static let texts = ["en": "Too young", "fr": "Trop jeune"]

  /// A policy with one thing changed.
  static func policy(
    version: Int = 1,
    costs: Policy.Costs = Policy.Costs(missedDefault: 10, refusedGood: 1),
    referFrom: Double = 0.08,
    declineFrom: Double = 0.1,
    points: PointsScale = .standard,
    knockOuts: [Policy.KnockOut] = [Policy.KnockOut(code: "AGE", condition: "age < 18", texts: texts)],
    reasons: [Policy.ReasonText] = [Policy.ReasonText(code: "R", groups: ["age"], texts: texts)]
  ) throws -> Policy {
    try Policy(
      version: version,
      costs: costs,
      referFrom: referFrom,
      declineFrom: declineFrom,
      points: points,
      reasonsMode: .all,
      knockOuts: knockOuts,
      reasons: reasons
    )
  }

  @Test("The thresholds themselves belong to the graver side")
  func thresholds() throws {
    let policy = try Self.policy()
    #expect(policy.outcome(probability: 0) == .approve)
    #expect(policy.outcome(probability: (0.08).nextDown) == .approve)
    #expect(policy.outcome(probability: 0.08) == .refer)
    #expect(policy.outcome(probability: (0.1).nextDown) == .refer)
    #expect(policy.outcome(probability: 0.1) == .decline)
    #expect(policy.outcome(probability: 1) == .decline)
    let narrow = try Self.policy(referFrom: 0.1)
    #expect(narrow.outcome(probability: 0.1) == .decline)
    #expect(narrow.outcome(probability: (0.1).nextDown) == .approve)
  }

  @Test("A missed default that costs ten refused clients breaks even at one in eleven")
  func costs() throws {
    let costs = try Self.policy().costs
    #expect(costs.ratio == 10)
    #expect(costs.breakEvenProbability == 1.0 / 11)
    #expect(try Self.policy().thresholds.costRatio == 10)
    #expect(try Self.policy().languages == ["en", "fr"])
  }

  @Test("Contradictions are refused with their place")
  func refusals() {
    let twoRules = ["A", "A"].map { Policy.KnockOut(code: $0, condition: "1", texts: Self.texts) }
    let reasons = { (codes: [String], groups: [[String]], texts: [String: String]) in
      zip(codes, groups).map { Policy.ReasonText(code: $0, groups: $1, texts: texts) }
    }
    let cases: [(String, () throws -> Policy)] = [
      ("version", { try Self.policy(version: 0) }),
      ("costs.missed_default", { try Self.policy(costs: Policy.Costs(missedDefault: 0, refusedGood: 1)) }),
      ("costs.refused_good", { try Self.policy(costs: Policy.Costs(missedDefault: 1, refusedGood: .nan)) }),
      ("thresholds.refer_from", { try Self.policy(referFrom: 0) }),
      ("thresholds.refer_from", { try Self.policy(referFrom: .nan) }),
      ("thresholds.decline_from", { try Self.policy(declineFrom: 0.05) }),
      ("thresholds.decline_from", { try Self.policy(declineFrom: 1.1) }),
      (
        "points.base_odds",
        { try Self.policy(points: PointsScale(basePoints: 1, baseOdds: 0, pointsToDoubleTheOdds: 1)) }
      ),
      (
        "points.points_to_double_the_odds",
        { try Self.policy(points: PointsScale(basePoints: 1, baseOdds: 1, pointsToDoubleTheOdds: -1)) }
      ),
      ("knock_outs[1].code", { try Self.policy(knockOuts: twoRules) }),
      ("reasons[1].code", { try Self.policy(reasons: reasons(["A", "A"], [["a"], ["b"]], Self.texts)) }),
      ("reasons[1].groups", { try Self.policy(reasons: reasons(["A", "B"], [["a"], ["a"]], Self.texts)) }),
      ("reasons[0].groups", { try Self.policy(reasons: reasons(["A"], [[]], Self.texts)) }),
      ("reasons[0].code", { try Self.policy(reasons: reasons([""], [["a"]], Self.texts)) }),
      ("reasons[0].texts", { try Self.policy(reasons: reasons(["A"], [["a"]], ["en": "x"])) }),
      ("reasons[0].texts.fr", { try Self.policy(reasons: reasons(["A"], [["a"]], ["en": "x", "fr": ""])) }),
    ]
    for (path, make) in cases {
      let error = #expect(throws: ScoringModelError.self) { try make() }
      #expect(error?.code == .invalidPolicy)
      #expect(error?.path == path)
    }
  }

  @Test("Each group that no reason names becomes a reason of its own, called as its label")
  func explaining() throws {
    let pipeline = try SampleModel.pipeline()
    let policy = try SampleModel.policy().explaining(pipeline, labels: ["job": ["en": "Occupation"]])
    #expect(policy.reasons.map(\.code) == ["BURDEN", "income", "job", "region", "owns_car", "age"])
    #expect(policy.reasons[2].texts == ["en": "Occupation", "fr": "job"])
    #expect(try policy.explaining(pipeline) == policy)
  }

  @Test("Written and read back it is the same policy, in bytes that do not depend on a dictionary's order")
  func codec() throws {
    let policy = try SampleModel.policy(
      knockOuts: [Policy.KnockOut(code: "AGE", condition: "age < 18", texts: Self.texts)]
    ).explaining(SampleModel.pipeline())
    let text = Self.text(policy)
    #expect(try Self.read(text) == policy)
    let expected = #"""
      {"schema":1,"version":2,"costs":{"missed_default":10.0,"refused_good":1.0},
      "thresholds":{"refer_from":0.3,"decline_from":0.5},
      "points":{"base_points":600.0,"base_odds":50.0,"points_to_double_the_odds":20.0},
      "reasons_mode":"non_approve",
      "knock_outs":[{"code":"AGE","when":"age < 18","texts":{"en":"Too young","fr":"Trop jeune"}}],
      """#
    #expect(text.hasPrefix(expected.replacing("\n", with: "")))
  }

  @Test(
    "A file that is no policy is refused with its path",
    arguments: [
      (#""schema":1"#, #""schema":9"#, "$.schema"), (#""refer_from":0.3"#, #""refer_from":0.7"#, "$"),
      (#""reasons_mode":"non_approve""#, #""reasons_mode":"some""#, "$.reasons_mode"),
      (#""version":2"#, #""version":2,"x":1"#, "$.x"), (#""en":"#, #""en":1,"x":"#, "$.reasons[0].texts.en"),
      (#""groups":["credit","load"]"#, #""groups":"credit""#, "$.reasons[0].groups"),
    ]
  )
  func badFiles(_ old: String, _ new: String, _ path: String) throws {
    let text = Self.text(try SampleModel.policy()).replacing(old, with: new, maxReplacements: 1)
    let error = #expect(throws: JSONError.self) { try Self.read(text) }
    #expect(error?.path == path)
  }

  static func text(_ policy: Policy) -> String {
    var writer = JSONWriter()
    policy.encode(into: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  static func read(_ text: String) throws -> Policy {
    try JSONParser(limits: .document).withRoot(of: Array(text.utf8)) { try Policy(json: $0) }
  }
}
