import Foundation
import Testing

@testable import Simulation

@Suite("SimulationDeclaration")
struct SimulationDeclarationTests {
  static func decode<T: Decodable>(_ type: T.Type, _ json: String) throws -> T {
    try JSONDecoder().decode(type, from: Data(json.utf8))
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var json: String
    var distribution: DistributionDeclaration
    var testDescription: String { json }

    init(_ json: String, _ distribution: DistributionDeclaration) {
      (self.json, self.distribution) = (json, distribution)
    }
  }

  static let distributions: [Case] = [
    Case(#"{"formula": "a / b"}"#, .formula("a / b")),
    Case(#"{"formula": 3}"#, .formula(3)),
    Case(#"{"normal": [0, "b"]}"#, .normal(mean: 0, deviation: "b")),
    Case(#"{"lognormal": [1.5, 2]}"#, .lognormal(median: 1.5, sigma: 2)),
    Case(#"{"uniform": [-1, 1]}"#, .uniform(low: -1, high: 1)),
    Case(#"{"gamma": [2, "m"]}"#, .gamma(shape: 2, mean: "m")),
    Case(#"{"poisson": 0.5}"#, .poisson(mean: 0.5)),
    Case(#"{"chance": 0.5}"#, .chance(0.5)),
    Case(#"{"log_odds": "-a"}"#, .logOdds("-a")),
    Case(#"{"categories": {"No": 98}}"#, .categories([.init("No", weight: 98)])),
    Case(#"{"point_masses": {"-2.5": "w"}}"#, .pointMasses([.init(-2.5, weight: "w")])),
    Case(
      #"{"mixture": [{"weight": 1, "formula": 0}, {"weight": "w", "uniform": [0, 1]}]}"#,
      .mixture([.init(.formula(0), weight: 1), .init(.uniform(low: 0, high: 1), weight: "w")])
    ),
  ]

  @Test("Each distribution is read from its key", arguments: distributions)
  func read(_ example: Case) throws {
    #expect(
      try Self.decode(VariableDeclaration.self, example.json) == VariableDeclaration(example.distribution)
    )
  }

  static let refused = [
    (#"{"clamp": [0, 1]}"#, "no distribution is given"),
    (#"{"normal": [0, 1], "chance": 1}"#, "normal and chance contradict each other"),
    (#"{"normal": [0]}"#, "two numbers, the mean and the standard deviation, not 1"),
    (#"{"gamma": [1, 2, 3]}"#, "two numbers, the shape and the mean, not 3"),
    (#"{"point_masses": {"two": 1}}"#, "two is not a number"),
  ]

  @Test("A distribution that is unclear is refused with the reason", arguments: refused)
  func unclear(json: String, reason: String) throws {
    let error = try #require(throws: DecodingError.self) {
      try Self.decode(VariableDeclaration.self, json)
    }
    guard case .dataCorrupted(let context) = error else {
      Issue.record("unexpected \(error)")
      return
    }
    #expect(context.debugDescription.contains(reason))
  }

  @Test("What shapes a value is read beside its distribution")
  func shape() throws {
    let json = #"""
      {"chance": 1, "curve": [[0, 1], [2, 3]], "round_to": 5, "clamp": [0, 9], "missing": "m", "labels": ["N", "Y"]}
      """#
    let expected = VariableDeclaration(
      .chance(1),
      curve: [[0, 1], [2, 3]],
      roundTo: 5,
      clamp: [0, 9],
      missing: "m",
      labels: ["N", "Y"]
    )
    #expect(try Self.decode(VariableDeclaration.self, json) == expected)
  }

  @Test("A whole declaration is read")
  func whole() throws {
    let json = #"""
      {"simulation": "s", "version": 2, "id": {"field": "id", "first": 7},
       "events": {"start": "2026-01-05T08:00:00Z", "per_hour": 60},
       "fields": {"x": {"normal": [0, 1]}},
       "outcome": {"field": "y", "log_odds": -2, "known_after_days": [1, 2]}}
      """#
    let declaration = try Self.decode(SimulationDeclaration.self, json)
    #expect(declaration.name == "s" && declaration.version == 2)
    #expect(declaration.factors.isEmpty)
    #expect(declaration.fields == [.init("x", VariableDeclaration(.normal(mean: 0, deviation: 1)))])
    #expect(declaration.outcome.logOdds == -2)
  }
}
