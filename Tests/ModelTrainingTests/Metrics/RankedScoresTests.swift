import ModelTraining
import Testing

@Suite("Ranked scores, tables and paired areas")
struct RankedScoresTests {
  @Test(
    "Area, Gini, KS separation and average precision are those of scikit-learn",
    arguments: ModelsFixture.all?.rankings ?? []
  )
  func ranks(_ fixture: ModelsFixture.Ranking) {
    let ranked = RankedScores(scores: fixture.first, targets: fixture.defaulted)
    #expect(agree(ranked.area.value, fixture.area))
    #expect(agree(ranked.area.gini, fixture.gini))
    #expect(agree(ranked.separation, fixture.separation))
    #expect(agree(ranked.averagePrecision, fixture.averagePrecision))
  }

  @Test(
    "The paired test has the areas and the error of DeLong's definition",
    arguments: ModelsFixture.all?.rankings ?? []
  )
  func paired(_ fixture: ModelsFixture.Ranking) {
    let test = PairedAreaTest(first: fixture.first, second: fixture.second, targets: fixture.defaulted)
    #expect(agree(test.first, fixture.areas[0]) && agree(test.second, fixture.areas[1]))
    #expect(agree(test.standardError, fixture.errorOfDifference))
    let reversed = PairedAreaTest(first: fixture.second, second: fixture.first, targets: fixture.defaulted)
    #expect(agree(reversed.difference, -test.difference) && agree(reversed.pValue, test.pValue))
  }

  @Test("A model beside itself differs by nothing and is not worse")
  func itself() {
    let scores = [0.1, 0.4, 0.35, 0.8]
    let test = PairedAreaTest(first: scores, second: scores, targets: [false, false, true, true])
    #expect(test.difference == 0 && test.standardError == 0 && test.pValue == 1 && test.isNotWorse)
  }

  @Test("The confusion matrix is that of scikit-learn", arguments: ModelsFixture.all?.rankings ?? [])
  func confusion(_ fixture: ModelsFixture.Ranking) {
    let matrix = ConfusionMatrix(fixture.first, fixture.defaulted, threshold: 0.3)
    #expect(matrix.truePositives == fixture.confusion.tp && matrix.falsePositives == fixture.confusion.fp)
    #expect(matrix.trueNegatives == fixture.confusion.tn && matrix.falseNegatives == fixture.confusion.fn)
    #expect(matrix.count == fixture.targets.count)
  }

  @Test(
    "The reliability curve is that of scikit-learn, and its mean distance the calibration error",
    arguments: ModelsFixture.all?.rankings ?? []
  )
  func reliability(_ fixture: ModelsFixture.Ranking) {
    let curve = ReliabilityCurve(fixture.first, fixture.defaulted, binCount: 8)
    let error = curve.bins.reduce(0) { $0 + Double($1.rowCount) * ($1.observed - $1.predicted).magnitude }
    #expect(
      agree(
        error / Double(fixture.targets.count),
        ProbabilityMetrics.expectedCalibrationError(fixture.first, fixture.defaulted, binCount: 8)
      )
    )
    #expect(curve.bins.allSatisfy { $0.lower <= $0.observed && $0.observed <= $0.upper })
    // With ties scikit-learn puts the rows on an edge into the upper bin, we into the lower.
    guard fixture.name == "distinct scores" else { return }
    #expect(curve.bins.count == fixture.reliabilityObserved.count)
    #expect(zip(curve.bins, fixture.reliabilityObserved).allSatisfy { agree($0.observed, $1) })
    #expect(zip(curve.bins, fixture.reliabilityPredicted).allSatisfy { agree($0.predicted, $1) })
  }
}
