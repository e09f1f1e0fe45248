import Foundation
import TestSupport
import Testing

@testable import DriftDetection

@Suite("Drift report")
struct DriftReportTests {
  /// 2,000 rows of a number, a category with gaps and a constant; the number and the category then move.
  static func state(shift: Double = 0.5, rows: Int = 2_000, currentRows: Int = 2_000) throws -> DriftState {
    func columns(_ count: Int, shift: Double, seed: UInt64) -> [ObservedColumn] {
      var draws = SeededDraws(seed: seed)
      let numbers = (0..<count).map { _ in draws.uniform() * draws.uniform() * 100 + 40 * shift }
      let codes = (0..<count).map { _ -> Double in
        let draw = draws.uniform()
        return draw < 0.1 ? .nan : draw < 0.4 + 0.3 * shift ? 0 : draw < 0.97 ? 1 : shift > 0 ? 3 : 2
      }
      let same = (0..<count).map { _ in draws.uniform() }
      return [
        ObservedColumn(
          name: "moved",
          kind: .number,
          values: numbers,
          contributions: numbers.map { $0 / 100 }
        ),
        ObservedColumn(name: "kind", kind: .category(names: ["a", "b", "c"]), values: codes),
        ObservedColumn(name: "same", kind: .number, values: same),
        ObservedColumn(
          name: "constant",
          kind: .number,
          values: .init(repeating: 7, count: count)
        ),
        ObservedColumn(name: "empty", kind: .number, values: .init(repeating: .nan, count: count)),
      ]
    }
    let reference = columns(rows, shift: 0, seed: 1)
    let current = columns(currentRows, shift: shift, seed: 2)
    let profile = try ReferenceProfile(columns: reference)
    let counter = EventCounter(profile: profile)
    func counts(_ rows: Range<Int>) -> WindowCounts {
      var window = WindowCounts(slotCount: profile.slotCount)
      counter.count(rows, of: current, into: &window)
      return window
    }
    var state = DriftState(
      pipeline: "loans",
      reference: .init(name: "then", rowCount: UInt64(rows)),
      current: .init(name: "now", rowCount: UInt64(currentRows)),
      profile: profile,
      columns: zip(reference, current).map { before, now in
        DriftState.Column(
          role: .field,
          categories: before.categories + (before.categories.isEmpty ? [] : ["d"]),
          rows: before.kind == .number ? RowMeasures(reference: before.values, current: now.values) : nil
        )
      },
      counts: counts(0..<currentRows)
    )
    let half = currentRows / 2
    state.windows = [
      .init(name: "first", counts: counts(0..<half)), .init(name: "last", counts: counts(half..<currentRows)),
    ]
    return state
  }

  @Test("What moved is said to have drifted and comes first; what did not is stable")
  func verdicts() throws {
    let report = DriftReport(try Self.state())
    #expect(
      report.ranking.prefix(2).map { report.state.profile.features[$0].name }.sorted() == ["kind", "moved"]
    )
    #expect(report.verdict(0) == .differs(.major) && report.verdict(1).isDrift)
    #expect(report.verdict(2) == .stable && report.verdict(3) == .stable && report.verdict(4) == .stable)
    #expect(report.isDrift && report.driftedShare == 0.4)
    #expect(report.features[1].unseen.before == 0 && report.features[1].unseen.now > 0.01)
    #expect((report.features[1].missing.before - 0.1).magnitude < 0.03)
  }

  @Test("Two samples of one population do not differ, however few rows they have", arguments: [2_000, 50])
  func null(rows: Int) throws {
    let report = DriftReport(try Self.state(shift: 0, rows: rows, currentRows: rows))
    #expect(report.differing.isEmpty && !report.isDrift)
    // The index itself is large for small samples; only the band beside it says that it means nothing.
    if rows == 50 { #expect(report.features[2].stability > 0.02 && report.features[2].noise > 0.5) }
  }

  @Test("A current sample without rows gives no verdict and no number that is none")
  func emptyWindow() throws {
    var state = try Self.state()
    state.counts.removeAll()
    state.windows = [.init(name: "nothing", counts: state.counts)]
    let report = DriftReport(state)
    #expect(report.features.allSatisfy { $0.stability.isNaN && $0.test.pValue == 1 })
    #expect(!report.isDrift && report.scoreShift.parts.isEmpty)
    #expect(report.course[0].allSatisfy { $0.isNaN })
    let document = try JSONSerialization.jsonObject(with: Data(report.encoded())) as? [String: Any]
    let features = document?["features"] as? [[String: Any]]
    #expect(features?.allSatisfy { $0["psi"] is NSNull } == true)
  }

  @Test("Every figure of the document can be computed again from the counts that it carries")
  func recomputed() throws {
    let report = DriftReport(try Self.state())
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(report.encoded())) as? [String: Any]
    )
    let features = try #require(document["features"] as? [[String: Any]])
    #expect(features.count == 5)
    for feature in features {
      let bins = try #require(feature["bins"] as? [String: Any])
      let groups = try #require(bins["groups"] as? [Int])
      func grouped(_ key: String) -> [Double] {
        var sums = [Double](repeating: 0, count: (groups.max() ?? 0) + 1)
        for (group, count) in zip(groups, bins[key] as? [Double] ?? []) { sums[group] += count }
        return sums
      }
      let (before, now) = (grouped("reference"), grouped("current"))
      let rows = (before.reduce(0, +), now.reduce(0, +))
      #expect(rows == (2_000, 2_000))
      var index = 0.0
      var divergence = 0.0
      for (b, n) in zip(before, now) {
        let p = (b + 0.5) / (rows.0 + 0.5 * Double(before.count))
        let q = (n + 0.5) / (rows.1 + 0.5 * Double(before.count))
        index += (p - q) * log(p / q)
        let (x, y) = (b / rows.0, n / rows.1)
        if x > 0 { divergence += x * log(2 * x / (x + y)) / 2 }
        if y > 0 { divergence += y * log(2 * y / (x + y)) / 2 }
      }
      let name = "\(feature["name"] ?? "")"
      #expect(isClose(feature["psi"] as? Double ?? .nan, index, relative: 1e-9, absolute: 1e-13), "\(name)")
      let distance = feature["jensen_shannon"] as? Double ?? .nan
      #expect(isClose(distance * distance, divergence, relative: 1e-9, absolute: 1e-13), "\(name)")
    }
  }

  /// The document that `Tests/CreditEventsTests/Schemas/ReportSchemaTests.swift` holds against its schema.
  @Test("The fixture that is held against the schema is what a report writes")
  func fixture() throws {
    var state = try Self.state(rows: 400, currentRows: 400)
    state.model = "loans 3"
    state.columns[2].role = .score
    state.columns[0].label = "What has moved"
    state.detection = try DetectionSummary(
      state.windows.map(\.counts),
      profile: state.profile,
      features: [0, 1],
      tolerance: DriftTolerance(stability: 0.05)
    )
    state.alerts = [
      .init(time: "2026-03-01", change: .opened, subject: "moved", severity: .major, detail: "Look at it.")
    ]
    state.quality = [.init(check: "missing values", subject: "kind", finding: "10 %", isConcern: false)]
    state.performance = [
      .init(name: "AUC", atTraining: 0.76, realised: nil, estimated: 0.74, outcomeCount: 0, isConcern: false)
    ]
    let verdict = EvidentlyColumn(.number, reference: [1, 2, 3], current: [2, 3, 4]).verdict()
    state.evidently = EvidentlyVerdicts(columns: [.init(name: "moved", verdict: verdict)])
    state.remarks = ["The reference is small."]
    let written = DriftReport(state).encoded()
    let fixture = URL(filePath: Checkout.path("Tests/DriftDetectionTests/Fixtures/drift.json"))
    // No clock, no map order, no C library is in it: the bytes are the same on any machine.
    #expect(try Data(written) == Data(contentsOf: fixture))
  }

  @Test("Bins that chance alone fills are joined for the test, and none of their rows is lost")
  func testedBins() {
    let joined = FeatureDrift.tested([100, 3, 0, 6, 50], [90, 2, 4, 9, 60])
    #expect(joined.before == [100, 6, 50, 3] && joined.now == [90, 9, 60, 6])
    let whole = FeatureDrift.tested([100, 20], [90, 30])
    #expect(whole.before == [100, 20] && whole.now == [90, 30])
  }

  @Test("A shift of the score is split among the features whose contributions are known")
  func scoreShift() throws {
    let report = DriftReport(try Self.state())
    #expect(report.scoreShift.parts.map(\.feature) == [0])
    // Twenty more on average, a hundredth of log-odds each; the bins know it but for what lies beyond their range.
    let shift = try #require(report.features[0].scoreShift)
    #expect(shift > 0.1 && shift < 0.2)
    #expect(report.features[1].scoreShift == nil)
  }
}

@Suite("Detection in a table")
struct DetectionSummaryTests {
  private static func detection(shiftFrom row: Int?, referenceRows: Int = 20_000) throws -> DetectionSummary {
    var draws = SeededDraws(seed: 5)
    let reference = [
      ObservedColumn(name: "x", kind: .number, values: (0..<referenceRows).map { _ in draws.uniform() }),
      ObservedColumn(
        name: "wide",
        kind: .category(names: (0..<60).map { "c\($0)" }),
        values: (0..<referenceRows).map { _ in (draws.uniform() * 60).rounded(.down) }
      ),
    ]
    let current = [
      ObservedColumn(
        name: "x",
        kind: .number,
        values: (0..<5_000).map { draws.uniform() * ($0 >= row ?? .max ? 0.8 : 1) }
      ),
      ObservedColumn(
        name: "wide",
        kind: .category(names: []),
        values: (0..<5_000).map { _ in (draws.uniform() * 60).rounded(.down) }
      ),
    ]
    let profile = try ReferenceProfile(columns: reference)
    let counter = EventCounter(profile: profile)
    return try DetectionSummary(
      stride(from: 0, to: 5_000, by: 100).map { start in
        var window = WindowCounts(slotCount: profile.slotCount)
        counter.count(start..<start + 100, of: current, into: &window)
        return window
      },
      profile: profile,
      features: [0, 1],
      tolerance: DriftTolerance()
    )
  }

  @Test("A shift is found after it has begun and not before, and rows without one raise nothing")
  func alarms() throws {
    let found = try Self.detection(shiftFrom: 3_000)
    #expect(found.alarms.map(\.feature) == [0] && found.stepCount == 50)
    #expect(found.alarms.allSatisfy { 3_000..<4_000 ~= $0.rowCount })
    #expect(try Self.detection(shiftFrom: nil).alarms.isEmpty)
  }

  @Test(
    "A feature that the reference is too small for is named with what it would need; the others are watched"
  )
  func unwatched() throws {
    let summary = try Self.detection(shiftFrom: 0, referenceRows: 10_000)
    #expect(summary.unwatched.map(\.feature) == [1])
    #expect(summary.unwatched.allSatisfy { 15_000...25_000 ~= $0.requiredRows })
    #expect(summary.alarms.map(\.feature) == [0])
    let none = try Self.detection(shiftFrom: 0, referenceRows: 50)
    #expect(none.unwatched.count == 2 && none.stepCount == 0 && none.alarms.isEmpty)
  }
}
