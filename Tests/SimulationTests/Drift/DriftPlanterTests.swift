import CreditEvents
import FeaturePipeline
import Foundation
import Settings
import Tables
import TestSupport
import Testing

@testable import Simulation

@Suite("Planted drift")
struct DriftPlanterTests {
  /// 1,000 rows of a number, a category, a flag and an outcome.
  static func table(_ count: Int = 1_000) throws -> ApplicationTable {
    var random = SplitMix64(seed: 1)
    let schema = try ApplicationSchema(
      idField: "ID",
      targetField: "BAD",
      fields: [
        Field(name: "INCOME", kind: .number), Field(name: "KIND", kind: .category),
        Field(name: "OWNER", kind: .flag, flagLabels: .init(off: "N", on: "Y")),
      ]
    )
    return ApplicationTable(
      schema: schema,
      dictionaries: [nil, CategoryDictionary(["car", "house, or none"]), nil],
      ids: (0..<count).map { "A\($0)" },
      columns: [
        (0..<count).map { _ in Double.random(in: 0..<1_000, using: &random) },
        (0..<count).map { _ in Double(Int.random(in: 0...1, using: &random)) },
        (0..<count).map { Double($0 % 2) },
      ],
      targets: (0..<count).map { $0 % 10 == 0 ? 1 : 0 }
    )
  }

  private static func planted(
    _ change: (inout DriftPart) -> Void,
    course: DriftCourse = .abrupt,
    onset: Int = 0,
    seed: UInt64 = 1
  ) throws -> ApplicationTable {
    var part = DriftPart()
    change(&part)
    let scenario = DriftScenario(name: "test", about: "A test.", course: course, parts: [part])
    return try DriftPlanter(scenario, seed: seed).planting(into: table(), onset: onset)
  }

  @Test("Numbers are scaled and shifted from the onset on, and not a bit before")
  func numbers() throws {
    let before = try Self.table()
    let after = try Self.planted({ $0.scale = ["INCOME": 1.5] }, onset: 400)
    #expect(after.columns[0][..<400] == before.columns[0][..<400])
    #expect(zip(after.columns[0], before.columns[0]).dropFirst(400).allSatisfy { $0 == $1 * 1.5 })
    #expect(after.columns[1] == before.columns[1] && after.targets == before.targets)
    let older = try Self.planted { $0.shift = ["INCOME": -2] }
    #expect(zip(older.columns[0], before.columns[0]).allSatisfy { $0 == $1 - 2 })
  }

  @Test("Categories swap and new ones appear; the dictionary keeps its codes")
  func categories() throws {
    let before = try Self.table()
    let swapped = try Self.planted { $0.swap = ["KIND": ["car", "house, or none"]] }
    #expect(zip(swapped.columns[1], before.columns[1]).allSatisfy { $0 == 1 - $1 })
    let new = try Self.planted {
      $0.share = 0.1
      $0.set = ["KIND": "boat", "OWNER": "Y", "INCOME": "7.5"]
    }
    #expect(new.dictionaries[1]?.categories == ["car", "house, or none", "boat"])
    let rows = new.columns[1].indices.filter { new.columns[1][$0] == 2 }
    #expect(70...130 ~= rows.count)
    // All of it happens to the same rows.
    #expect(rows.allSatisfy { new.columns[0][$0] == 7.5 && new.columns[2][$0] == 1 })
  }

  @Test("Fields go missing and loans default, each for its share of the rows")
  func missingAndDefaults() throws {
    let missing = try Self.planted {
      $0.share = 0.2
      $0.missing = ["INCOME"]
    }
    #expect(150...250 ~= missing.columns[0].count { $0.isNaN })
    let worse = try Self.planted {
      $0.share = 0.05
      $0.defaults = true
    }
    #expect(120...170 ~= (worse.targets ?? []).count { $0 == 1 })
  }

  @Test("The same seed touches the same rows, another seed others")
  func seeds() throws {
    func change(_ part: inout DriftPart) {
      part.share = 0.3
      part.missing = ["INCOME"]
    }
    func rows(_ seed: UInt64) throws -> [Int] {
      let table = try Self.planted(change, seed: seed)
      return table.columns[0].indices.filter { table.columns[0][$0].isNaN }
    }
    #expect(try rows(1) == rows(1))
    #expect(try rows(1) != rows(2))
  }

  @Test("A change comes at once, rises, passes or returns")
  func courses() throws {
    #expect([0, 5, 900].map { DriftCourse.abrupt.strength(at: $0) } == [1, 1, 1])
    #expect([0, 4, 9, 50].map { DriftCourse.ramp(rows: 10).strength(at: $0) } == [0.1, 0.5, 1, 1])
    #expect([0, 9, 10].map { DriftCourse.burst(rows: 10).strength(at: $0) } == [1, 1, 0])
    #expect([0, 5, 10, 15].map { DriftCourse.season(rows: 10).strength(at: $0) } == [0, 1, 0, 1])
    let burst = try Self.planted({ $0.missing = ["INCOME"] }, course: .burst(rows: 100), onset: 200)
    #expect(burst.columns[0].indices.filter { burst.columns[0][$0].isNaN } == Array(200..<300))
    let ramp = try Self.planted({ $0.shift = ["INCOME": 100] }, course: .ramp(rows: 100))
    #expect(
      zip(ramp.columns[0], try Self.table().columns[0]).prefix(2).map { ($0 - $1).rounded() } == [1, 2]
    )
  }

  @Test(
    "A scenario that does not fit the table says what is wrong",
    arguments: [
      ("WAGE", "x", "does not read"), ("KIND", "x", "is no number"), ("OWNER", "maybe", "is no flag"),
      ("INCOME", "much", "is no number"),
    ]
  )
  func mismatches(_ field: String, _ text: String, _ words: String) throws {
    let error = #expect(throws: SimulationError.self) {
      try Self.planted { part in
        if field == "KIND" { part.scale = [field: 2] } else { part.set = [field: text] }
      }
    }
    #expect(error?.message.contains(words) == true && error?.message.contains(field) == true)
  }

  @Test("A planted table is written as a file that reads back to the same values")
  func file() throws {
    try withTemporaryDirectory { folder in
      let table = try Self.planted {
        $0.share = 0.3
        $0.missing = ["KIND", "INCOME"]
      }
      try TableFile.write(table, to: folder + "/d.csv.gz", layout: TableLayout())
      let read = try ApplicationTableReader(layout: TableLayout(), schema: table.schema).read(
        folder + "/d.csv.gz"
      )
      #expect(read.ids == table.ids && read.targets == table.targets)
      func texts(_ table: ApplicationTable) -> [String] {
        table.columns[1].map { $0.isNaN ? "" : table.dictionaries[1]?.categories[Int($0)] ?? "?" }
      }
      #expect(texts(read) == texts(table))
      for slot in [0, 2] {
        #expect(
          zip(read.columns[slot], table.columns[slot]).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
        )
      }
    }
  }
}

@Suite("Scenario files")
struct DriftScenariosTests {
  static let names = [
    "income_shift", "economic_downturn", "new_product", "category_swap", "new_category", "missing_field",
    "unit_error", "fraud_burst", "seasonality", "slow_ageing",
  ]

  @Test(
    "The files that come with the program declare all ten scenarios",
    arguments: ["home-credit", "taiwan-default"]
  )
  func shipped(_ name: String) throws {
    let file = try YAMLFile(path: Checkout.path("Config/scenarios/\(name).yaml"))
    let scenarios = try DriftScenarios(file: file)
    #expect(scenarios.scenarios.map(\.name) == Self.names)
    #expect(scenarios.scenarios.allSatisfy { !$0.about.isEmpty })
  }

  @Test("All ten can be planted into the simulated population, and each changes what it says")
  func plantable() throws {
    let simulator = try Simulator(
      file: YAMLFile(path: Checkout.path("Config/simulations/home-credit.yaml")),
      seed: 1
    )
    let table = try simulator.table(0..<600, as: simulator.schema)
    let file = try YAMLFile(path: Checkout.path("Config/scenarios/home-credit.yaml"))
    for scenario in try DriftScenarios(file: file).scenarios {
      let planter = DriftPlanter(scenario, seed: 3)
      let changed = try planter.planting(into: table)
      for (slot, field) in table.schema.fields.enumerated() {
        let isSame = zip(changed.columns[slot], table.columns[slot]).allSatisfy {
          $0 == $1 || ($0.isNaN && $1.isNaN)
        }
        #expect(isSame == !planter.affected.fields.contains(field.name), "\(scenario.name) \(field.name)")
      }
      #expect((changed.targets == table.targets) == !planter.affected.outcomes, "\(scenario.name)")
    }
  }

  @Test(
    "A faulty file is refused with the line",
    arguments: [
      ("parts: []", "nothing changes"), ("parts: [{share: 2, missing: [A]}]", "a share is above 0"),
      ("parts: [{share: 0.5}]", "nothing changes"),
      ("parts: [{swap: {A: [x, x]}}]", "two different categories"),
      ("ramp: 0\n    parts: [{missing: [A]}]", "at least one row"),
      ("ramp: 5\n    burst: 5\n    parts: [{missing: [A]}]", "one of ramp, burst and season"),
      ("parts: [{scales: {A: 2}}]", "scales"),
    ]
  )
  func faults(_ text: String, _ words: String) throws {
    let file = try YAMLFile(text: "scenarios:\n  one:\n    about: A test.\n    \(text)\n", path: "s.yaml")
    let error = #expect(throws: SettingsError.self) { try DriftScenarios(file: file) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(words), "\(error.map { "\($0)" } ?? "")")
    #expect("\(error.map { "\($0)" } ?? "")".contains("s.yaml:"))
  }
}
