import FeaturePipeline
import Testing

@testable import ModelTraining

@Suite("Statistics agree with SciPy, pandas and scikit-learn to 1e-9")
struct StatisticsTests {
  @Test("Correlations over the rows that both columns know", arguments: StatisticsFixture.shared.numbers)
  func correlations(_ fixture: StatisticsFixture.Numbers) {
    #expect(agree(Correlation.pearson(fixture.x, fixture.y), fixture.pearson))
    #expect(agree(Correlation.spearman(fixture.x, fixture.y), fixture.spearman))
    #expect(Correlation.pearson(fixture.y, fixture.x) == Correlation.pearson(fixture.x, fixture.y))
  }

  @Test("Quantiles, mean, deviation and skewness", arguments: StatisticsFixture.shared.numbers)
  func summary(_ fixture: StatisticsFixture.Numbers) {
    let summary = NumberSummary(sorted: fixture.x.filter { !$0.isNaN }.sorted())
    #expect(zip(summary.quantiles, fixture.quantiles).allSatisfy { agreeRelatively($0, $1) })
    #expect(summary.quantiles.count == fixture.quantiles.count)
    #expect(agreeRelatively(summary.mean, fixture.mean))
    #expect(agreeRelatively(summary.standardDeviation, fixture.deviation))
    #expect(agreeRelatively(summary.skewness, fixture.skewness))
  }

  @Test(
    "Rank sum, distance of distributions, area and its error",
    arguments: StatisticsFixture.shared.numbers
  )
  func twoSamples(_ fixture: StatisticsFixture.Numbers) {
    let groups = RankedGroup.groups(values: fixture.x, targets: fixture.defaulted)
    let tests = TwoSampleTests(groups)
    #expect((tests.mannWhitneyPValue - fixture.mannWhitney).magnitude <= 1e-9 * fixture.mannWhitney)
    #expect(agree(tests.kolmogorovSmirnov, fixture.kolmogorovSmirnov))
    #expect(agree(tests.area, fixture.area))
    let interval = DeLongInterval(groups)
    #expect(agree(interval.area, fixture.area))
    #expect(agree(interval.standardError, fixture.areaError))
    #expect(interval.lower < interval.area && interval.area < interval.upper)
  }

  @Test("Chi-square, Cramér's V and the correlation ratio", arguments: StatisticsFixture.shared.categories)
  func categories(_ fixture: StatisticsFixture.Categories) {
    let table = ContingencyTable(fixture.a, fixture.b)
    #expect(agreeRelatively(table.chiSquare, fixture.chiSquare))
    #expect(table.degreesOfFreedom == fixture.degrees)
    #expect((table.pValue - fixture.pValue).magnitude <= 1e-9 * fixture.pValue)
    #expect(agree(table.cramersV, fixture.cramersV))
    #expect(agree(Correlation.ratio(categories: fixture.a, numbers: fixture.x), fixture.ratio))
  }

  @Test("Wilson's interval")
  func wilson() {
    for rate in StatisticsFixture.shared.rates {
      let interval = WilsonInterval(count: rate.count, of: rate.total)
      #expect(agree(interval.lower, rate.lower) && agree(interval.upper, rate.upper), "\(rate)")
    }
    #expect(WilsonInterval(count: 0, of: 0).lower == 0 && WilsonInterval(count: 0, of: 0).upper == 1)
  }

  @Test("The tail of chi-square")
  func chiSquare() {
    for tail in StatisticsFixture.shared.tails {
      let survival = Distributions.chiSquareSurvival(tail.statistic, degreesOfFreedom: tail.degrees)
      #expect((survival - tail.survival).magnitude <= 1e-9 * tail.survival, "\(tail)")
    }
  }

  @Test("Constants and empty columns have no correlation instead of a wrong one")
  func degenerate() {
    let constant = [Double](repeating: 0.1, count: 50)
    let rising = (0..<50).map(Double.init)
    let missing = [Double](repeating: .nan, count: 50)
    for other in [constant, missing] {
      #expect(Correlation.pearson(other, rising).isNaN && Correlation.spearman(rising, other).isNaN)
      #expect(Correlation.ratio(categories: rising, numbers: other).isNaN)
    }
    #expect(ContingencyTable(constant.map { _ in 0 }, rising).cramersV.isNaN)
    #expect(ContingencyTable(missing, rising).pValue == 1)
    #expect(NumberSummary(sorted: constant).skewness.isNaN)
  }

  @Test("Bins hold equal values together and about as many rows each")
  func bins() {
    let edges = EqualBins.upperEdges(ofSorted: (1...100).map(Double.init), count: 4)
    #expect(edges == [25, 50, 75, 100])
    #expect(EqualBins.upperEdges(ofSorted: [1, 1, 1, 2, 9], count: 3) == [1, 2, 9])
    #expect(EqualBins.upperEdges(ofSorted: [1, 1, 1, 1, 1, 2, 3, 4], count: 3) == [1, 2, 4])
    #expect([0, 25, 25.5, 100, 400].map { EqualBins.index(of: $0, in: edges) } == [0, 0, 1, 3, 3])
    #expect(EqualBins.upperEdges(ofSorted: [], count: 3) == [])
  }

  @Test("The strength of noise is that of a coin, also with a value of its own for each row")
  func noise() {
    var generator = SeededGenerator(seed: 4)
    let targets = (0..<4_000).map { _ in generator.index(below: 10) == 0 }
    let noise = targets.map { _ in Double(generator.next() >> 11) }
    let names = targets.indices.map(Double.init)
    for (values, isCategory) in [(noise, false), (names, true), (names.map { _ in 3 }, false)] {
      let strength = UnivariateStrength(values: values, isCategory: isCategory, targets: targets)
      #expect((strength.area - 0.5).magnitude < 0.04)
      #expect(strength.lower <= strength.area && strength.area <= strength.upper)
    }
  }

  @Test("Bent dependence and missing values count, whatever the direction")
  func bent() {
    var generator = SeededGenerator(seed: 5)
    let x = (0..<4_000).map { _ in Double(generator.index(below: 1_000)) / 1_000 }
    let targets = x.map { ($0 - 0.5).magnitude > 0.4 }
    #expect(UnivariateStrength(values: x, isCategory: false, targets: targets).area > 0.97)
    let holes = zip(x, targets).map { $1 ? .nan : $0 }
    #expect(UnivariateStrength(values: holes, isCategory: false, targets: targets).area > 0.99)
  }
}
