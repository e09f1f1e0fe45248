import CreditEvents
import StrictJSON
import TestSupport
import Testing

@testable import FeaturePipeline

@Suite("History aggregates")
struct HistoryAggregatorTests {
  private static let history = """
      t:
        time: T
        fields: {T: number, X: number, Y: number, C: category}
        aggregates:
          COUNT: {aggregate: count, where: 'C == "a"'}
          SUM: {aggregate: sum(X + Y), where: 'C in ("a", "b")'}
          MEAN: {aggregate: mean(X), window: 50}
          MIN: min(X)
          MAX: {aggregate: max(X), where: Y > 0}
          LAST: last(X)
          SHARE: share(Y > 0)
          TREND: {aggregate: trend(X), where: not is_missing(Y)}
          DISTINCT: distinct(C)

    """

  private func rows(_ random: inout SplitMix64, _ count: Int) -> [[Double]] {
    (0..<count).map { _ in
      [
        Double(-Int.random(in: 0...99, using: &random)),
        Int.random(in: 0...5, using: &random) == 0
          ? Double.nan : Double.random(in: -1e6...1e6, using: &random),
        Int.random(in: 0...5, using: &random) == 0
          ? Double.nan : Double(Int.random(in: -2...2, using: &random)),
        ([0, 1, -7, -8, .nan] as [Double])[Int.random(in: 0...4, using: &random)],
      ]
    }
  }

  private func aggregates(_ rows: [[Double]], _ plan: HistoryPlan) -> [Double] {
    var history = [HistoryRows(plan.tables[0])]
    for row in rows {
      let start = history[0].appendRow()
      for (column, value) in row.enumerated() { history[0].values[start + column] = value }
    }
    history[0].endGroup()
    var values = [Double](repeating: 0, count: plan.aggregates.count)
    var aggregator = HistoryAggregator(plan)
    aggregator.run(&history, into: &values)
    return values
  }

  /// The aggregates as their definitions read, in sorted order, without any of the aggregator's short cuts.
  private func plain(_ rows: [[Double]]) -> [Double] {
    let rows = rows.sorted { left, right in
      for (a, b) in zip(left, right) where a.bitPattern != b.bitPattern {
        if a.isNaN || b.isNaN { return a.isNaN }
        return a < b
      }
      return false
    }
    let known = rows.filter { !$0[1].isNaN }
    let sum = rows.filter { ($0[3] == 0 || $0[3] == 1) && !($0[1] + $0[2]).isNaN }.map { $0[1] + $0[2] }
    let recent = known.filter { $0[0] >= -50 && $0[0] <= 0 }.map { $0[1] }
    let judged = rows.filter { !$0[2].isNaN }
    let drawn = known.filter { !$0[2].isNaN }
    let meanTime = drawn.map { $0[0] }.reduce(0, +) / Double(drawn.count)
    let meanValue = drawn.map { $0[1] }.reduce(0, +) / Double(drawn.count)
    let squares = drawn.reduce(0) { $0 + ($1[0] - meanTime) * ($1[0] - meanTime) }
    let products = drawn.reduce(0) { $0 + ($1[0] - meanTime) * ($1[1] - meanValue) }
    return [
      Double(rows.count { $0[3] == 0 }),
      sum.isEmpty ? .nan : sum.reduce(0, +),
      recent.isEmpty ? .nan : recent.reduce(0, +) / Double(recent.count),
      known.map { $0[1] }.min() ?? .nan,
      known.filter { $0[2] > 0 }.map { $0[1] }.max() ?? .nan,
      known.last?[1] ?? .nan,
      judged.isEmpty ? .nan : Double(judged.count { $0[2] > 0 }) / Double(judged.count),
      Set(drawn.map { $0[0] }).count > 1 ? products / squares : .nan,
      Double(Set(rows.map { $0[3] }.filter { !$0.isNaN }).count),
    ]
  }

  @Test("Give the bits of their definitions, in whatever order the rows come")
  func definitions() throws {
    let plan = try HistoryDeclarationTests.declare(Self.history).historyPlan()
    var random = SplitMix64(seed: 11)
    for size in [0, 1, 2, 3, 7, 20, 200] {
      for _ in 0..<20 {
        var rows = rows(&random, size)
        let expected = plain(rows).map { $0.isNaN ? 0 : $0.bitPattern }
        #expect(aggregates(rows, plan).map { $0.isNaN ? 0 : $0.bitPattern } == expected)
        rows.shuffle(using: &random)
        #expect(aggregates(rows, plan).map { $0.isNaN ? 0 : $0.bitPattern } == expected)
      }
    }
  }

  @Test("A trend needs two times, and a sum that overflows is missing")
  func edges() throws {
    let plan = try HistoryDeclarationTests.declare(
      "  t:\n    time: T\n    fields: {T: number, X: number}\n    aggregates: {S: sum(X), D: trend(X)}\n"
    ).historyPlan()
    #expect(aggregates([[-0.1, 1], [-0.1, 2], [-0.1, 4]], plan)[1].isNaN)
    #expect(aggregates([[-2, 1], [-1, 3]], plan) == [4, 2])
    #expect(aggregates([[-2, 1e308], [-1, 1e308]], plan)[0].isNaN)
  }

  @Test("Unknown categories are told apart by their text")
  func unknownCategories() throws {
    let plan = try HistoryDeclarationTests.declare(
      "  t:\n    fields: {C: category}\n    aggregates: {K: distinct(C), LIKE_A: {aggregate: count, where: 'C == \"a\"'}}\n"
    ).historyPlan()
    let schema = try HistoryDeclarationTests.declare(
      "  t:\n    fields: {C: category}\n    aggregates: {K: distinct(C), LIKE_A: {aggregate: count, where: 'C == \"a\"'}}\n"
    ).schema()
    let decoder = ApplicationDecoder(schema: schema, dictionaries: schema.fields.map { _ in nil })
    var application = Application(schema: schema)
    let event = #"{"ID":1,"t":[{"C":"x"},{"C":"y"},{"C":"x"},{"C":"a"},{"C":null},{"C":3},{"C":"3.0"},{}]}"#
    try Array(event.utf8).withUnsafeBytes { try decoder.decode($0, into: &application) }
    var aggregator = HistoryAggregator(plan)
    aggregator.run(&application.history, into: &application.values)
    #expect(application.values.suffix(2) == [4, 1])
  }
}
