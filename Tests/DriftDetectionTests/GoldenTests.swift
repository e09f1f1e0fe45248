import DriftDetection
import Foundation
import TestSupport
import Testing

/// Published reference values of drift statistics on the Taiwan data, from counts and edges to distances.
///
/// `ours` are the definitions of the credit industry computed by NumPy and SciPy, `evidently` what Evidently
/// 0.7.23 prints for the same columns.
@Suite("Golden values of drift")
struct GoldenTests {
  /// Three published values lost digits to formulas that cancel.
  ///
  /// These are what 50-digit decimal arithmetic gives for the same counts.
  private static let cancelled = [
    "null_5000.SEX hellinger": 0.0016867852738672417,
    "null_5000.SEX g_test_stat": 0.08537174127114909,
    "natural_file_order.DEFAULT g_test_stat": 2.694324677745672,
  ]

  @Test("Statistics on the golden counts are the published ones: 1e-12, p-values 1e-9")
  func counts() throws {
    guard let path = Checkout.realData("../reference/drift-golden.json") else { return }
    let golden = try GoldenDrift(path: path)
    var compared = 0
    for column in golden.columns {
      guard let reference = column.counts("ref_counts"), let current = column.counts("cur_counts") else {
        continue
      }
      func check(_ key: String, _ value: Double, relative: Double = 1e-12) {
        guard var expected = column.ours[key] as? Double else { return }
        if let exact = Self.cancelled["\(column.name) \(key)"] {
          #expect(isClose(exact, expected, relative: 1e-10), "\(column.name) \(key)")
          expected = exact
        }
        compared += 1
        #expect(
          isClose(value, expected, relative: relative, absolute: 2e-15),
          "\(column.name) \(key): \(value), \(expected)"
        )
      }
      let digits = column.isNumber ? "10" : ""
      func index(_ emptyBins: PopulationStability.EmptyBins, missing: Bool = false) -> Double {
        PopulationStability.index(
          reference: reference + (missing ? [column.missingReference] : []),
          current: current + (missing ? [column.missingCurrent] : []),
          emptyBins: emptyBins
        )
      }
      check("psi\(digits)_floor1e4", index(.floor(1e-4)))
      check("psi\(digits)_floor1e6", index(.floor(1e-6)))
      check("psi\(digits)_add_half", index(.add(0.5)))
      check("psi\(digits)_add_half_with_missing_bin", index(.add(0.5), missing: true))
      check("psi\(digits)_floor1e4_with_missing_bin", index(.floor(1e-4), missing: true))
      let distance = Divergence.jensenShannonDistance(reference: reference, current: current)
      check("js\(digits)_base_e", distance)
      check("js\(digits)_base_2", distance / Foundation.log(2.0).squareRoot())
      check("hellinger\(digits)", Divergence.hellingerDistance(reference: reference, current: current))
      check("tvd\(digits)", Divergence.totalVariationDistance(reference: reference, current: current))
      check("linf\(digits)", Divergence.largestDifference(reference: reference, current: current))
      let chi = ContingencyTest.chiSquare(reference: reference, current: current)
      check("chi2_contingency\(digits)_stat", chi.statistic)
      check("chi2_contingency\(digits)_p", chi.pValue, relative: 1e-9)
      let g = ContingencyTest.likelihoodRatio(reference: reference, current: current)
      check("g_test_stat", g.statistic)
      check("g_test_p", g.pValue, relative: 1e-9)
    }
    print("\(compared) golden values from counts")
    #expect(compared > 800)
  }

  @Test("From rows: edges, counts, distances and Evidently's values are the published ones")
  func rows() throws {
    guard let path = Checkout.realData("../reference/drift-golden.json"), let loans = try TaiwanLoans() else {
      return
    }
    let golden = try GoldenDrift(path: path)
    let scenarios = GoldenScenarios(loans: loans)
    var compared = 0
    for column in golden.columns where !column.name.hasPrefix("null_") {
      guard let (reference, current) = scenarios.samples(of: column) else { continue }
      func check(_ key: String, _ value: Double, _ expected: Any?, relative: Double, absolute: Double = 1e-15)
      {
        guard let expected = (expected as? NSNumber)?.doubleValue else { return }
        compared += 1
        #expect(
          isClose(value, expected, relative: relative, absolute: absolute),
          "\(column.name) \(key): \(value), \(expected)"
        )
      }
      if column.isNumber {
        let feature = try FeatureReference(number: column.name, values: reference)
        guard case .number(let bins) = feature.bins else { continue }
        // They were published with 15 digits.
        let edges = (column.ours["edges"] as? [NSNumber] ?? []).map(\.doubleValue)
        #expect(bins.decileEdges.count == edges.count, "\(column.name)")
        #expect(
          zip(bins.decileEdges, edges).allSatisfy { isClose($0, $1, relative: 1e-14) },
          "\(column.name)"
        )
        #expect(
          feature.bins.grouped(feature.counts).dropLast() == column.counts("ref_counts").map { $0[...] }
        )
        let sorted = (reference.filter { $0 == $0 }.sorted(), current.filter { $0 == $0 }.sorted())
        let test = KolmogorovSmirnov.test(reference: sorted.0, current: sorted.1)
        check("ks_stat", test.statistic, column.ours["ks_stat"], relative: 1e-12)
        check("ks_p", test.pValue, column.ours["ks_p"], relative: 1e-9)
        let distance = Wasserstein.distance(reference: sorted.0, current: sorted.1)
        check("wasserstein", distance, column.ours["wasserstein"], relative: 1e-12)
        let spread = Moments(of: sorted.0).standardDeviation
        check("ref_std_ddof0", spread, column.ours["ref_std_ddof0"], relative: 1e-12)
      }
      let evidently = EvidentlyColumn(
        column.isNumber ? .number : .category,
        reference: reference,
        current: current
      )
      for method in EvidentlyColumn.Method.allCases {
        let verdict = evidently.verdict(method)
        check(
          "evidently \(method)",
          verdict.value,
          column.evidently[method.rawValue],
          relative: method.isPValue ? 1e-9 : 1e-12,
          absolute: 1e-12
        )
      }
      check("evidently default", evidently.verdict().value, column.evidently["default"], relative: 1e-9)
    }
    print("\(compared) golden values from rows")
    #expect(compared > 200)
  }
}

/// The golden file: scenarios, each with columns and their values.
struct GoldenDrift {
  struct Column {
    var name: String
    var ours: [String: Any]
    var evidently: [String: Any]

    var isNumber: Bool { ours["edges"] != nil }
    var missingReference: UInt64 { (ours["missing_ref"] as? NSNumber)?.uint64Value ?? 0 }
    var missingCurrent: UInt64 { (ours["missing_cur"] as? NSNumber)?.uint64Value ?? 0 }

    func counts(_ key: String) -> [UInt64]? { (ours[key] as? [NSNumber])?.map(\.uint64Value) }
  }

  var columns: [Column] = []

  init(path: String) throws {
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
    let scenarios = try #require((object as? [String: Any])?["scenarios"] as? [String: [String: Any]])
    for (scenario, content) in scenarios.sorted(by: { $0.key < $1.key }) {
      for (name, column) in (content["columns"] as? [String: [String: Any]] ?? [:]).sorted(by: {
        $0.key < $1.key
      }) {
        columns.append(
          Column(
            name: "\(scenario).\(name)",
            ours: column["ours"] as? [String: Any] ?? [:],
            evidently: column["evidently"] as? [String: Any] ?? [:]
          )
        )
      }
    }
  }
}
