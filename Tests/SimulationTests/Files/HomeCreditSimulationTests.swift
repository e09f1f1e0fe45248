import CreditEvents
import Settings
import TestSupport
import Testing

@testable import Simulation

@Suite("Config/simulations/home-credit.yaml")
struct HomeCreditSimulationTests {
  static let file = Checkout.path("Config/simulations/home-credit.yaml")

  static let sample: Result<(simulator: Simulator, rows: [SimulatedApplication]), any Error> = Result {
    let simulator = try Simulator(file: try YAMLFile(path: file), seed: 11)
    return (simulator, (0..<1500).map { simulator.application($0) })
  }

  /// The values of a field, NaN where it is left out.
  static func column(_ name: String) throws -> [Double] {
    let (simulator, rows) = try sample.get()
    let slot = try #require(simulator.schema.slot(of: name))
    return rows.map { $0.application.values[slot] }
  }

  @Test("About 8 in 100 default, and whom is plausibly hard to say")
  func outcomes() throws {
    let (_, rows) = try Self.sample.get()
    let rate = Double(rows.count { $0.isDefault }) / Double(rows.count)
    #expect((0.06...0.10).contains(rate))
    let area = Self.areaUnderCurve(rows.map(\.probabilityOfDefault), rows.map(\.isDefault))
    #expect((0.73...0.84).contains(area), "no model can rank better than \(area)")
  }

  /// The chance that a random defaulter has the higher score than a random repayer.
  static func areaUnderCurve(_ scores: [Double], _ isDefault: [Bool]) -> Double {
    let bad = zip(scores, isDefault).filter(\.1).map(\.0)
    let good = zip(scores, isDefault).filter { !$0.1 }.map(\.0)
    let wins = bad.reduce(0.0) { sum, b in
      sum + good.reduce(0.0) { $0 + (b > $1 ? 1 : b == $1 ? 0.5 : 0) }
    }
    return wins / Double(bad.count * good.count)
  }

  /// Pearson's correlation over the rows in which both fields are shown.
  static func correlation(_ x: [Double], _ y: [Double]) -> Double {
    let pairs = zip(x, y).filter { !$0.0.isNaN && !$0.1.isNaN }
    let n = Double(pairs.count)
    let mx = pairs.reduce(0) { $0 + $1.0 } / n
    let my = pairs.reduce(0) { $0 + $1.1 } / n
    let xy = pairs.reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) }
    let xx = pairs.reduce(0) { $0 + ($1.0 - mx) * ($1.0 - mx) }
    let yy = pairs.reduce(0) { $0 + ($1.1 - my) * ($1.1 - my) }
    return xy / (xx * yy).squareRoot()
  }

  @Test(
    "Fields go together as they do among real applicants",
    arguments: [
      ("AMT_CREDIT", "AMT_GOODS_PRICE", 0.93...1.0), ("AMT_CREDIT", "AMT_ANNUITY", 0.6...0.95),
      ("AMT_INCOME_TOTAL", "AMT_CREDIT", 0.2...0.6), ("EXT_SOURCE_1", "DAYS_BIRTH", -0.75 ... -0.4),
      ("EXT_SOURCE_2", "EXT_SOURCE_3", 0.02...0.25), ("DAYS_BIRTH", "DAYS_EMPLOYED", -0.75 ... -0.45),
      ("APARTMENTS_AVG", "LIVINGAREA_AVG", 0.75...0.97), ("EXT_SOURCE_3", "AMT_CREDIT", -0.12...0.12),
    ]
  )
  func correlations(first: String, second: String, range: ClosedRange<Double>) throws {
    let correlation = Self.correlation(try Self.column(first), try Self.column(second))
    #expect(range.contains(correlation), "\(correlation)")
  }

  @Test(
    "Fields are left out as often as they are",
    arguments: [
      ("EXT_SOURCE_1", 0.53...0.61), ("EXT_SOURCE_3", 0.16...0.24), ("OWN_CAR_AGE", 0.61...0.70),
      ("APARTMENTS_AVG", 0.46...0.56), ("COMMONAREA_AVG", 0.65...0.75), ("OCCUPATION_TYPE", 0.26...0.36),
      ("AMT_REQ_CREDIT_BUREAU_YEAR", 0.10...0.17), ("DAYS_BIRTH", 0.0...0.0),
    ]
  )
  func missing(name: String, range: ClosedRange<Double>) throws {
    let column = try Self.column(name)
    #expect(range.contains(Double(column.count { $0.isNaN }) / Double(column.count)))
  }

  @Test("The retired have no employer, in all fields alike")
  func retired() throws {
    let days = try Self.column("DAYS_EMPLOYED")
    let phone = try Self.column("FLAG_EMP_PHONE")
    let occupation = try Self.column("OCCUPATION_TYPE")
    let retired = days.indices.filter { days[$0] == 365_243 }
    #expect((0.13...0.23).contains(Double(retired.count) / Double(days.count)))
    #expect(retired.allSatisfy { phone[$0] == 0 && occupation[$0].isNaN })
    #expect(days.allSatisfy { $0 == 365_243 || $0 <= 0 })
  }

  @Test("A fault of the file is reported with its place")
  func faults() throws {
    let text = """
      simulation: s
      version: 1
      id: {field: id, first: 1}
      events: {start: "2026-01-05T08:00:00Z", per_hour: 1}
      fields:
        amount: {normal: [0, 1]}
        rate: {formula: "amont / 2"}
      outcome: {field: y, log_odds: -2, known_after_days: [1, 2]}
      """
    let file = try YAMLFile(text: text, path: "s.yaml")
    let error = try #require(throws: SettingsError.self) { try Simulator(file: file, seed: 1) }
    #expect(error.description.hasPrefix("s.yaml:7:"))
    #expect(error.description.contains("fields.rate.formula: column 1: no field"))
    let misspelt = try YAMLFile(text: text.replacing("fields:", with: "feilds:"), path: "s.yaml")
    #expect(throws: SettingsError.self) { try Simulator(file: misspelt, seed: 1) }
    let unknown = text.replacing("per_hour: 1", with: "per_hour: 1, burst: 3")
    let refused = try #require(throws: SettingsError.self) {
      try Simulator(file: try YAMLFile(text: unknown, path: "s.yaml"), seed: 1)
    }
    #expect(refused.problems.map(\.code) == [.unknownKey])
  }

  @Test("Events show the fields in the order of the file")
  func order() throws {
    let (simulator, _) = try Self.sample.get()
    #expect(simulator.schema.fields.count == 120)
    #expect(
      simulator.schema.fields.prefix(3).map(\.name) == ["NAME_CONTRACT_TYPE", "CODE_GENDER", "FLAG_OWN_CAR"]
    )
    #expect(simulator.schema.fields.last?.name == "AMT_REQ_CREDIT_BUREAU_YEAR")
  }
}
