import CreditEvents
import CreditScoring
import StrictJSON
import TestSupport
import Testing

@Suite("ApplicationScorer")
struct ApplicationScorerTests {
  /// Which features of the sample pipeline belong to which of its reasons.
  static let units = [
    "BURDEN": [1, 9], "income": [0], "job": [2, 3, 4, 5], "region": [6], "owns_car": [7], "age": [8],
  ]

  @Test("Margins are XGBoost's to the bit, from the bytes of the event on")
  func marginsAgree() throws {
    let scorer = ApplicationScorer(model: try SampleModel.make(SampleModel.policy()))
    let cases = try SampleModel.cases()
    #expect(cases.count == 60)
    for sample in cases {
      let decision = try scorer.decide(sample.event).decision
      #expect(decision.margin.bitPattern == sample.margin.bitPattern)
      #expect(abs(decision.base - (sample.contributions.last ?? .nan)) < 1e-5)
      let odds = decision.probabilityOfDefault / (1 - decision.probabilityOfDefault)
      #expect(abs(odds / Self.exp(Double(sample.margin)) - 1) < 1e-12)
    }
  }

  @Test("Reasons are XGBoost's contributions, summed over siblings, the strongest first")
  func reasonsAgree() throws {
    let scorer = ApplicationScorer(model: try SampleModel.make(SampleModel.policy(mode: .all)))
    for sample in try SampleModel.cases() {
      let reasons = try scorer.decide(sample.event).decision.reasons
      let sums = Self.units.mapValues { $0.reduce(0) { $0 + sample.contributions[$1] } }
      let expected = sums.filter { $0.value > 0 }.sorted { $0.value > $1.value }.prefix(4)
      #expect(reasons.map(\.code) == expected.map(\.key))
      for (reason, expected) in zip(reasons, expected) {
        #expect(abs(reason.contribution - expected.value) < 1e-5)
      }
    }
  }

  @Test("Base, reasons and other add up to the margin, exactly", arguments: ReasonsMode.allCases)
  func additivity(_ mode: ReasonsMode) throws {
    let scorer = ApplicationScorer(model: try SampleModel.make(SampleModel.policy()), reasons: mode)
    var withReasons = 0
    for sample in try SampleModel.cases() {
      let decision = try scorer.decide(sample.event).decision
      let sum = decision.reasons.reduce(decision.base) { $0 + $1.contribution } + decision.other
      #expect(Float(sum).bitPattern == decision.margin.bitPattern)
      withReasons += decision.reasons.isEmpty ? 0 : 1
      #expect(mode.covers(decision.outcome) || decision.reasons.isEmpty)
    }
    switch mode {
    case .none: #expect(withReasons == 0)
    case .nonApprove: #expect(withReasons > 0 && withReasons < 60)
    // One of the cases has nothing that raises its risk.
    case .all: #expect(withReasons == 59)
    }
  }

  @Test("A derived feature names its fields, a merged reason all of them")
  func fieldsOfReasons() throws {
    let scorer = ApplicationScorer(model: try SampleModel.make(SampleModel.policy(mode: .all)))
    let reasons = try SampleModel.cases().flatMap { try scorer.decide($0.event).decision.reasons }
    #expect(reasons.first { $0.code == "BURDEN" }?.fields == ["credit", "income"])
    #expect(reasons.first { $0.code == "job" }?.fields == ["job"])
  }

  @Test("Thresholds decide, and a probability that meets one exactly is on the graver side")
  func thresholds() throws {
    let cases = try SampleModel.cases()
    let plain = ApplicationScorer(model: try SampleModel.make(SampleModel.policy()))
    let decisions = try cases.map { try plain.decide($0.event).decision }
    #expect(Set(decisions.map(\.outcome)).count == 3)
    let met = decisions[1].probabilityOfDefault
    let exact = ApplicationScorer(
      model: try SampleModel.make(SampleModel.policy(referFrom: met, declineFrom: met))
    )
    #expect(try exact.decide(cases[1].event).decision.outcome == .decline)
    let next = try SampleModel.policy(referFrom: met.nextUp, declineFrom: met.nextUp)
    #expect(
      try ApplicationScorer(model: SampleModel.make(next)).decide(cases[1].event).decision.outcome == .approve
    )
  }

  @Test("A fired rule declines whatever the model says; the figures stay")
  func knockOuts() throws {
    let texts = ["en": "x", "fr": "x"]
    let policy = try SampleModel.policy(
      knockOuts: [
        Policy.KnockOut(code: "UNDER_AGE", condition: "age < 18", texts: texts),
        Policy.KnockOut(code: "HEAVY", condition: "load > 3", texts: texts),
        Policy.KnockOut(code: "JOB_C", condition: #"job == "C""#, texts: texts),
      ]
    )
    let ruled = ApplicationScorer(model: try SampleModel.make(policy))
    let plain = ApplicationScorer(model: try SampleModel.make(SampleModel.policy()))
    func compare(_ event: String) throws -> (Decision, Decision) {
      (try ruled.decide(Array(event.utf8)).decision, try plain.decide(Array(event.utf8)).decision)
    }
    let (both, free) = try compare(#"{"id":1,"age":17,"income":100,"credit":50,"job":"C","owns_car":"Y"}"#)
    #expect(both.rules == ["UNDER_AGE", "JOB_C"])
    #expect(both.outcome == .decline)
    #expect(both.margin == free.margin && both.points == free.points)
    #expect(both.probabilityOfDefault == free.probabilityOfDefault)
    #expect(!both.reasons.isEmpty)
    // What is missing or unseen fires no rule.
    for event in [#"{"id":1}"#, #"{"id":1,"age":18,"job":"unseen"}"#, #"{"id":1,"income":0,"credit":5}"#] {
      let (decision, free) = try compare(event)
      #expect(decision.rules == [])
      #expect(decision == free)
    }
  }

  @Test("A protected field changes nothing in a decision")
  func protectedField() throws {
    let scorer = ApplicationScorer(model: try SampleModel.make(SampleModel.policy(mode: .all)))
    let events = ["", #","gender":"F""#, #","gender":"M""#, #","gender":null"#].map {
      Array("{\"id\":1,\"age\":30,\"income\":1000,\"credit\":9000\($0)}".utf8)
    }
    let decisions = try events.map { try scorer.decide($0).bytes }
    #expect(Set(decisions).count == 1)
  }

  @Test("Decisions are the same bytes again, from another scorer and in another order")
  func pureFunction() throws {
    let model = try SampleModel.make(SampleModel.policy())
    let cases = try SampleModel.cases()
    let first = ApplicationScorer(model: model)
    let forward = try cases.enumerated().map { try first.decide($1.event, offset: $0).bytes }
    let second = ApplicationScorer(model: try SampleModel.make(SampleModel.policy()))
    var order = Array(cases.indices)
    var random = SplitMix64(seed: 4)
    for _ in 0..<5 {
      order.shuffle(using: &random)
      for index in order {
        _ = second.rejection(of: "{broken")
        #expect(try second.decide(cases[index].event, offset: index).bytes == forward[index])
      }
    }
  }

  @Test("A bad record is rejected, and nothing is written")
  func rejection() throws {
    let scorer = ApplicationScorer(model: try SampleModel.make(SampleModel.policy()))
    #expect(scorer.rejection(of: nil)?.class == .emptyValue)
    #expect(scorer.rejection(of: #"{"id":1,"income":"much"}"#)?.field == "income")
    #expect(scorer.rejection(of: #"{"id":1}"#) == nil)
  }

  @Test("What was unusual stands in the decision by name")
  func dataQuality() throws {
    let scorer = ApplicationScorer(model: try SampleModel.make(SampleModel.policy()))
    let event = #"{"id":"a","income":2e6,"job":"Z","new":1,"region":null}"#
    let decision = try scorer.decide(Array(event.utf8)).decision
    #expect(
      decision.dataQuality
        == Decision.Quality(
          missing: 4,
          unseenCategory: ["job"],
          outOfRange: ["income"],
          unknownFieldCount: 1,
          unknownFields: ["new"]
        )
    )
  }

  @Test("The bytes of a whole decision never change")
  func goldenBytes() throws {
    let policy = try SampleModel.policy(
      knockOuts: [
        Policy.KnockOut(code: "UNDER_AGE", condition: "age < 18", texts: ["en": "x", "fr": "x"])
      ]
    )
    let scorer = ApplicationScorer(model: try SampleModel.make(policy))
    let event =
      #"{"id":"100002","income":16386.14,"credit":167967.71,"job":"B","region":"Z","age":17,"new":1}"#
    let decision = String(decoding: try scorer.decide(Array(event.utf8), offset: 12_345).bytes, as: UTF8.self)
    let golden = String(decoding: try Fixture.bytes("decision.json"), as: UTF8.self)
    #expect(decision + "\n" == golden)
  }

  /// e^x by its series: an oracle for the odds that is not the function under test.
  private static func exp(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for n in 1...60 {
      term *= x / Double(n)
      sum += term
    }
    return sum
  }
}

extension ApplicationScorer {
  /// Why an event is rejected, if it is; checks that nothing was written then.
  fileprivate func rejection(of event: String?) -> Rejection? {
    var writer = JSONWriter()
    let result: Result<Decision, Rejection>
    if let event {
      result = Array(event.utf8).withUnsafeBytes {
        decide($0, from: SampleModel.source(0), into: &writer)
      }
    } else {
      result = decide(nil, from: SampleModel.source(0), into: &writer)
    }
    guard case .failure(let rejection) = result else { return nil }
    #expect(writer.bytes.isEmpty)
    return rejection
  }
}
