import Testing

@testable import DriftDetection

@Suite("Bins of a reference")
struct BinningTests {
  @Test("Edges are NumPy's quantiles, and slots add up to its decile counts")
  func quantiles() throws {
    for sample in try StatisticsFixture.read().samples {
      let feature = try FeatureReference(number: sample.name, values: sample.referenceValues)
      guard case .number(let bins) = feature.bins else { return }
      #expect(bins.decileEdges == sample.decileEdges, "\(sample)")
      #expect(feature.bins.grouped(feature.counts) == sample.counts.reference + [0], "\(sample)")
      var current = [UInt64](repeating: 0, count: bins.slotCount)
      for value in sample.currentValues { current[bins.slot(of: value)] += 1 }
      #expect(feature.bins.grouped(current) == sample.counts.current + [0], "\(sample)")
      let moments = try #require(feature.moments)
      #expect(isClose(moments.mean, sample.mean, relative: 1e-12, absolute: 1e-14))
      #expect(isClose(moments.standardDeviation, sample.standardDeviation, relative: 1e-12))
    }
  }

  @Test("A constant has one bin, and anything else lies outside it")
  func constant() throws {
    let bins = try QuantileBins(sorted: [5, 5, 5])
    #expect(bins.edges == [5])
    #expect(
      [4, 5, 6, .nan].map { bins.slot(of: $0) } == [bins.belowSlot, 1, bins.aboveSlot, bins.missingSlot]
    )
    let feature = try FeatureReference(number: "c", values: [5, 5, .nan])
    #expect(feature.counts.reduce(0, +) == 3)
    #expect(feature.bins.groups.count == feature.bins.slotCount)
  }

  @Test("Categories beyond the 60 most frequent share one slot; unknown codes are never seen")
  func manyCategories() throws {
    let counts = (0..<1_000).map { UInt64($0 < 900 ? 1 + $0 % 7 : 0) }
    let bins = CategoryBins(counts: counts)
    #expect(bins.slotCount == 63)
    #expect(bins.named.count == 60)
    #expect(bins.named.allSatisfy { counts[$0] == 7 })
    #expect(bins.slot(of: 0) == bins.restSlot)
    #expect(bins.slot(of: 950) == bins.unseenSlot)
    #expect(bins.slot(of: -1) == bins.unseenSlot)
    #expect(bins.slot(of: 5_000) == bins.unseenSlot)
    #expect(bins.slot(of: .nan) == bins.missingSlot)
    let rest = (0..<900).filter { !bins.named.contains($0) }
    #expect(try CategoryBins(named: bins.named, rest: rest, dictionarySize: 1_000) == bins)
  }

  @Test("Bins survive being written down; contradictions are refused")
  func documents() throws {
    let bins = try QuantileBins(sorted: (0..<500).map { Double($0 * $0 % 97) }.sorted())
    let read = try QuantileBins(
      least: bins.least,
      largest: bins.largest,
      edges: bins.edges,
      decileEdges: bins.decileEdges
    )
    #expect(read == bins)
    #expect(throws: DriftError.self) {
      try QuantileBins(least: 0, largest: 1, edges: [0.5, 0.5], decileEdges: [])
    }
    #expect(throws: DriftError.self) {
      try QuantileBins(least: 0, largest: 1, edges: [0.5], decileEdges: [0.4])
    }
    #expect(throws: DriftError.self) { try CategoryBins(named: [1, 1], rest: [], dictionarySize: 3) }
    #expect(throws: DriftError.self) { try FeatureReference(number: "x", values: [.nan, .nan]) }
    #expect(throws: DriftError.self) { try ReferenceProfile(features: []) }
  }

  @Test("A reference too small for the tolerance is refused with the size it needs")
  func tooSmall() throws {
    var draws = SeededDraws(seed: 1)
    let profile = try LoanStream(seed: 1, rowCount: 500).reference(rowCount: 50, draws: &draws)
    let tolerance = try DriftTolerance()
    let error = #expect(throws: DriftError.self) { try DriftDetector(profile: profile, tolerance: tolerance) }
    #expect(error?.code == .referenceTooSmall)
    #expect(
      error?.message.contains("at least \(tolerance.requiredRows(binCount: 11)) rows, this one has 50")
        == true
    )
    #expect(throws: DriftError.self) { try DriftTolerance(stability: 0) }
    #expect(throws: DriftError.self) { try DriftTolerance(patience: 10) }
  }

  @Test("The shift of the mean contribution is the sum of the features' parts")
  func scoreShift() throws {
    let values = (0..<400).map { Double($0 % 20) }
    let contributions = values.map { $0 * 0.1 - 1 }
    let profile = try ReferenceProfile(features: [
      FeatureReference(number: "a", values: values, contributions: contributions),
      FeatureReference(
        category: "b",
        codes: values.map { $0 < 10 ? 0 : 1 },
        dictionarySize: 2,
        contributions: values.map { $0 < 10 ? 0.5 : -0.5 }
      ),
    ])
    var window = WindowCounts(slotCount: profile.slotCount)
    let counter = EventCounter(profile: profile)
    for value in values where value >= 10 {
      [value, 1].withUnsafeBufferPointer { counter.count($0, into: &window) }
    }
    let shift = ScoreShift(profile: profile, window: window)
    // The mean of a went from -0.05 to 0.45 and of b from 0 to -0.5.
    #expect(shift.parts.map(\.feature) == [0, 1])
    #expect(isClose(shift.parts[0].shift, 0.5, relative: 1e-12))
    #expect(isClose(shift.parts[1].shift, -0.5, relative: 1e-12))
    #expect(isClose(shift.total, 0, relative: 0, absolute: 1e-12))
  }
}
