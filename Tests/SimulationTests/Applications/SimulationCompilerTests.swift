import Testing

@testable import Simulation

@Suite("SimulationCompiler")
struct SimulationCompilerTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    var path: String
    var reason: String
    var change: @Sendable (inout SimulationDeclaration) -> Void
    var testDescription: String { path + ": " + reason }

    init(
      _ path: String,
      _ reason: String,
      _ change: @escaping @Sendable (inout SimulationDeclaration) -> Void
    ) {
      (self.path, self.reason, self.change) = (path, reason, change)
    }

    /// A fault in the declaration of one more field.
    static func field(_ path: String, _ reason: String, _ variable: VariableDeclaration) -> Fault {
      Fault("fields.x" + path, reason) { $0.fields.append(.init("x", variable)) }
    }
  }

  static let faults: [Fault] = [
    .field(".formula", "no field or derived feature is called salary", .init(.formula("salary * 2"))),
    .field(".formula", "column 8", .init(.formula("amount 2"))),
    .field(".formula", "has no category \"Clerc\"", .init(.formula("job == 'Clerc'"))),
    .field(".missing", "no field or derived feature", .init(.chance(1), missing: "nobody")),
    .field(".normal", "-1.0 is not possible", .init(.normal(mean: 0, deviation: -1))),
    .field(".gamma", "not possible", .init(.gamma(shape: 0, mean: 1))),
    .field(".poisson", "not possible", .init(.poisson(mean: -0.1))),
    .field(".chance", "not possible", .init(.chance(-0.1))),
    .field(".categories", "no case", .init(.categories([]))),
    .field(
      ".categories",
      "listed twice",
      .init(.categories([.init("a", weight: 1), .init("a", weight: 2)]))
    ),
    .field(".categories.a", "not possible", .init(.categories([.init("a", weight: -1)]))),
    .field(".point_masses.3.0", "not possible", .init(.pointMasses([.init(3, weight: .number(.nan))]))),
    .field(".mixture.0", "mixes numbers", .init(.mixture([.init(.chance(1), weight: 1)]))),
    .field(".curve", "rising x", .init(.formula(1), curve: [[0, 1], [0, 2]])),
    .field(".curve", "two or more points", .init(.formula(1), curve: [[0, 1]])),
    .field(".curve", "[x, y]", .init(.formula(1), curve: [[0, 1], [1]])),
    .field(".round_to", "above 0", .init(.formula(1), roundTo: 0)),
    .field(".clamp", "smallest and the largest", .init(.formula(1), clamp: [2, 1])),
    .field(".labels", "two texts", .init(.chance(1), labels: ["Y"])),
    .field("", "shape numbers", .init(.chance(1), clamp: [0, 1])),
    .field("", "in a circle", .init(.formula("x + 1"))),
    Fault("fields", "payment, amount, term depend on each other in a circle") {
      $0.fields[1].declaration.distribution = .formula("payment * 3")
      $0.fields[2].declaration.distribution = .formula("amount")
    },
    Fault("fields", "payment, amount depend on each other in a circle") {
      // The job waits for the circle without being in it.
      $0.fields[1].declaration.distribution = .formula("payment * 3")
      $0.fields[3].declaration.missing = "amount"
    },
    Fault("fields", "declared twice") { $0.factors.append(.init("job", .init(.chance(1)))) },
    Fault("factors.risk.missing", "never shown") { $0.factors[0].declaration.missing = 0.5 },
    Fault("events.per_hour", "above 0") { $0.events.perHour = 0 },
    Fault("events.start", "2026-01-05T08:00:00Z") { $0.events.start = "yesterday" },
    Fault("outcome.known_after_days", "fewest") { $0.outcome.knownAfterDays = [3, 2] },
    Fault("outcome.log_odds", "no field") { $0.outcome.logOdds = "ris" },
  ]

  @Test("Every fault is named with its place", arguments: faults)
  func named(_ fault: Fault) throws {
    var declaration = Population.declaration()
    fault.change(&declaration)
    let error = try #require(throws: SimulationError.self) { try Simulator(declaration, seed: 1) }
    #expect(error.code == .invalidDeclaration)
    let problem = error.problems.first {
      $0.message.contains(fault.reason)
        && ($0.path.joined(separator: ".") == fault.path || fault.reason.contains("circle"))
    }
    #expect(problem != nil, "\(error)")
  }

  @Test("All faults are found at once")
  func allFaults() throws {
    var declaration = Population.declaration()
    declaration.events.perHour = -1
    declaration.outcome.logOdds = "1 +"
    declaration.fields[1].declaration.roundTo = -1
    let error = try #require(throws: SimulationError.self) { try Simulator(declaration, seed: 1) }
    #expect(error.problems.count == 3)
  }
}
