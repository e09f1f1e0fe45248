@testable import Simulation

/// A small population for tests: every kind of field, with dependences in both directions of the file.
enum Population {
  static func declaration() -> SimulationDeclaration {
    SimulationDeclaration(
      name: "small",
      version: 1,
      id: .init(field: "id", first: 1000),
      events: .init(start: "2026-01-05T08:00:00Z", perHour: 3600),
      factors: [
        .init("risk", VariableDeclaration(.normal(mean: 0, deviation: 1))),
        .init("rich", VariableDeclaration(.chance(0.3))),
      ],
      fields: [
        .init(
          "payment",
          VariableDeclaration(.formula("amount / term"), roundTo: 0.01, missing: "if(rich, 0, 0.1)")
        ),
        .init(
          "amount",
          VariableDeclaration(
            .lognormal(median: "if(rich, 9000, 3000)", sigma: 0.5),
            roundTo: 50,
            clamp: [500, 20_000]
          )
        ),
        .init("term", VariableDeclaration(.pointMasses([.init(12, weight: 1), .init(36, weight: 2)]))),
        .init(
          "job",
          VariableDeclaration(
            .categories([
              .init("Clerk", weight: 5),
              .init("Größe, \"quoted\"", weight: "if(rich, 5, 1)"),
              .init("none", weight: 1),
            ]),
            missing: 0.05
          )
        ),
        .init("car", VariableDeclaration(.logOdds("-1 + rich"), labels: ["N", "Y"])),
        .init("phone", VariableDeclaration(.chance(0.5))),
        .init(
          "score",
          VariableDeclaration(
            .normal(mean: "-0.5 * risk", deviation: 0.8),
            curve: [[-3, 0], [0, 0.6], [3, 1]],
            roundTo: 0.0001,
            missing: 0.2
          )
        ),
      ],
      outcome: .init(
        field: "defaulted",
        logOdds: "-2.2 + risk + 0.5 * (job == 'Clerk')",
        knownAfterDays: [1, 2]
      )
    )
  }

  static func simulator(seed: UInt64 = 1) throws -> Simulator {
    try Simulator(declaration(), seed: seed)
  }
}
