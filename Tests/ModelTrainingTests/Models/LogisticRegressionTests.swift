import ModelTraining
import Testing

@Suite("LogisticRegression")
struct LogisticRegressionTests {
  @Test("The coefficients are those of scikit-learn", arguments: ModelsFixture.all?.regressions ?? [])
  func coefficients(_ fixture: ModelsFixture.Regression) {
    let model = LogisticRegression(
      values: fixture.values,
      columnCount: fixture.columns,
      targets: fixture.targets.map { $0 == 1 },
      positiveWeight: fixture.positiveWeight,
      inverseRegularization: fixture.c
    )
    #expect((model.intercept - fixture.intercept).magnitude < 1e-6)
    for (ours, theirs) in zip(model.coefficients, fixture.coefficients) {
      #expect((ours - theirs).magnitude < 1e-6)
    }
  }

  @Test("Separable rows and equal columns have finite coefficients")
  func degenerate() {
    let model = LogisticRegression(
      values: [1, 1, 2, 2, -1, -1, -2, -2],
      columnCount: 2,
      targets: [true, true, false, false],
      inverseRegularization: 1e6
    )
    #expect(model.coefficients.allSatisfy(\.isFinite) && model.intercept.isFinite)
    #expect((model.coefficients[0] - model.coefficients[1]).magnitude < 1e-9)
    let margins = model.margins([1, 1, -1, -1])
    #expect(margins[0] > 0 && margins[1] < 0)
  }
}
