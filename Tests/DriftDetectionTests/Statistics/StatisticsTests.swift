import DriftDetection
import Testing

@Suite("Statistics on counts and rows")
struct StatisticsTests {
  static func counted() throws -> [StatisticsFixture.Counted] {
    let fixture = try StatisticsFixture.read()
    return fixture.tables + fixture.samples.map(\.counts)
  }

  @Test("The population stability index is the definition's to 1e-12 for every treatment of empty bins")
  func stability() throws {
    for table in try Self.counted() {
      func index(_ emptyBins: PopulationStability.EmptyBins) -> Double {
        PopulationStability.index(reference: table.reference, current: table.current, emptyBins: emptyBins)
      }
      #expect(isClose(index(.add(0.5)), table.psiHalf, relative: 1e-12), "\(table)")
      #expect(isClose(index(.floor(1e-4)), table.psi1em4, relative: 1e-12), "\(table)")
      #expect(isClose(index(.floor(1e-6)), table.psi1em6, relative: 1e-12), "\(table)")
    }
  }

  @Test("Divergences are SciPy's to 1e-12")
  func divergences() throws {
    for table in try Self.counted() {
      let (p, q) = (table.reference, table.current)
      #expect(
        isClose(
          Divergence.jensenShannonDistance(reference: p, current: q),
          table.jensenShannon,
          relative: 1e-12
        )
      )
      #expect(
        isClose(Divergence.hellingerDistance(reference: p, current: q), table.hellinger, relative: 1e-12)
      )
      #expect(
        isClose(
          Divergence.totalVariationDistance(reference: p, current: q),
          table.totalVariation,
          relative: 1e-12
        )
      )
      #expect(
        isClose(
          Divergence.largestDifference(reference: p, current: q),
          table.largestDifference,
          relative: 1e-12
        )
      )
    }
  }

  @Test("Tests of two samples are SciPy's: statistics to 1e-12, p-values to 1e-9")
  func contingency() throws {
    for table in try Self.counted() {
      let chi = ContingencyTest.chiSquare(reference: table.reference, current: table.current)
      #expect(isClose(chi.statistic, table.chi2[0], relative: 1e-12, absolute: 1e-12), "\(table)")
      #expect(isClose(chi.pValue, table.chi2[1], relative: 1e-9, absolute: 1e-300), "\(table)")
      let g = ContingencyTest.likelihoodRatio(reference: table.reference, current: table.current)
      #expect(isClose(g.statistic, table.g[0], relative: 1e-12, absolute: 1e-10), "\(table)")
      #expect(isClose(g.pValue, table.g[1], relative: 1e-9, absolute: 1e-300), "\(table)")
    }
  }

  @Test("Kolmogorov–Smirnov is SciPy's, and the bracket from counts holds it")
  func kolmogorovSmirnov() throws {
    for sample in try StatisticsFixture.read().samples {
      let test = KolmogorovSmirnov.test(
        reference: sample.referenceValues.sorted(),
        current: sample.currentValues.sorted()
      )
      #expect(isClose(test.statistic, sample.ks[0], relative: 1e-12), "\(sample)")
      #expect(isClose(test.pValue, sample.ks[1], relative: 1e-9), "\(sample): \(test.pValue)")
      let bracket = KolmogorovSmirnov.bracket(
        reference: sample.counts.reference,
        current: sample.counts.current
      )
      #expect(bracket.lowerBound <= test.statistic + 1e-12, "\(sample)")
      #expect(bracket.upperBound >= test.statistic - 1e-12, "\(sample)")
    }
  }

  @Test("The Wasserstein distance of rows is SciPy's; from bins it is close where bins are narrow")
  func wasserstein() throws {
    for sample in try StatisticsFixture.read().samples {
      let (reference, current) = (sample.referenceValues.sorted(), sample.currentValues.sorted())
      let distance = Wasserstein.distance(reference: reference, current: current)
      #expect(isClose(distance, sample.wasserstein, relative: 1e-12), "\(sample)")
      let bins = try QuantileBins(sorted: reference)
      func counts(_ values: [Double]) -> [UInt64] {
        values.reduce(into: [UInt64](repeating: 0, count: bins.slotCount)) { $0[bins.slot(of: $1)] += 1 }
      }
      let estimate = Wasserstein.distance(bins: bins, reference: counts(reference), current: counts(current))
      if sample.name == "same law" || sample.name == "equal sizes" {
        #expect(
          abs(estimate - distance) < 0.1 * sample.standardDeviation,
          "\(sample): \(estimate), \(distance)"
        )
      }
    }
  }

  @Test("Benjamini and Hochberg's adjusted p-values are SciPy's, and what was not tested stays out")
  func falseDiscoveryRate() throws {
    let fixture = try StatisticsFixture.read().benjaminiHochberg
    for (adjusted, expected) in zip(FalseDiscoveryRate.adjusted(fixture.p), fixture.adjusted) {
      #expect(isClose(adjusted, expected, relative: 1e-12))
    }
    let withHole = FalseDiscoveryRate.adjusted([0.01, .nan, 0.02])
    #expect(withHole[0] == 0.02 && withHole[1].isNaN && withHole[2] == 0.02)
  }

  @Test("Chance alone exceeds the noise band in about the share of windows it states")
  func noiseBand() {
    var random = SeededDraws(seed: 7)
    let band = PopulationStability.noise(
      exceededWith: 0.05,
      binCount: 10,
      referenceRows: 20_000,
      currentRows: 500
    )
    var exceeded = 0
    for _ in 0..<400 {
      let index = PopulationStability.index(
        reference: random.uniformCounts(events: 20_000, bins: 10),
        current: random.uniformCounts(events: 500, bins: 10)
      )
      if index > band { exceeded += 1 }
    }
    // 20 expected, standard deviation 4.4.
    #expect(8...33 ~= exceeded, "\(exceeded) of 400")
  }

  @Test("Equal shares have no distance, and an empty sample has no shares")
  func edges() {
    #expect(PopulationStability.index(reference: [10, 20], current: [1, 2], emptyBins: .floor(1e-4)) == 0)
    #expect(Divergence.jensenShannonDistance(reference: [10, 20], current: [1, 2]) == 0)
    #expect(Divergence.jensenShannonDistance(reference: [10, 20], current: [0, 0]).isNaN)
    #expect(ContingencyTest.chiSquare(reference: [5, 0], current: [9, 0]).pValue == 1)
    #expect(ContingencyTest.chiSquare(reference: [5, 1], current: [0, 0]).pValue == 1)
    #expect(KolmogorovSmirnov.test(reference: [], current: [1]).pValue == 1)
    #expect(KolmogorovSmirnov.bracket(reference: [0, 0], current: [1, 0]) == 0...0)
    #expect(Wasserstein.distance(reference: [], current: [1]).isNaN)
    #expect(
      PopulationStability.noise(exceededWith: 0.05, binCount: 10, referenceRows: 10, currentRows: 0)
        == .infinity
    )
  }
}
