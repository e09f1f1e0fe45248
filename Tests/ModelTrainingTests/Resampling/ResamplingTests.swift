import FeaturePipeline
import Testing

@testable import ModelTraining

@Suite("Resampling")
struct ResamplingTests {
  private func fixture() throws -> (matrix: LabelledMatrix, fixture: ModelsFixture.Neighbours) {
    let fixture = try #require(ModelsFixture.all?.neighbours)
    let names = fixture.groups.indices.map { "f\($0)" }
    let features = FeatureMatrix(names: names, values: fixture.values)
    return (LabelledMatrix(features: features, targets: fixture.targets.map { $0 == 1 }), fixture)
  }

  @Test("Neighbours over numbers and categories are those of scikit-learn")
  func neighbours() throws {
    let (matrix, fixture) = try fixture()
    let rows = matrix.targets.indices.filter { matrix.targets[$0] }
    let space = MixedSpace(matrix.features, groups: fixture.groups, rows: rows)
    #expect(space.numbers == [0, 1] && space.categories == [[2], [3, 4, 5]])
    #expect(agree(space.categoryPenalty, fixture.median * fixture.median))
    for row in rows.indices {
      let found = space.nearest(4, to: row)
      #expect(found == fixture.neighbours[row])
      for (other, distance) in zip(found, fixture.distances[row]) {
        #expect(agree(space.squaredDistance(row, other).squareRoot(), distance))
      }
    }
  }

  @Test("Made-up rows lie between two real defaulted ones and are of one category only")
  func synthetic() throws {
    let (matrix, fixture) = try fixture()
    var options = ResamplingOptions()
    options.syntheticRatio = 1
    let result = try SyntheticMinority(options: options, groups: fixture.groups).extending(matrix, seed: 3)
    let real = matrix.targets.count
    #expect(result.targets.count { $0 } == result.targets.count { !$0 })
    #expect(Array(result.features.values.prefix(matrix.features.values.count)) == matrix.features.values)
    let rare = matrix.targets.indices.filter { matrix.targets[$0] }
    for row in real..<result.targets.count {
      #expect(result.targets[row])
      let trade = (3...5).map { result.features[row, $0] }
      #expect(trade.reduce(0, +) == 1 && trade.allSatisfy { $0 == 0 || $0 == 1 })
      let lies = rare.contains { a in
        rare.contains { b in
          let from = matrix.features[a, 0]
          let way = matrix.features[b, 0] - from
          guard way != 0 else { return false }
          let share = (result.features[row, 0] - from) / way
          let expected = matrix.features[a, 1] + share * (matrix.features[b, 1] - matrix.features[a, 1])
          return share >= 0 && share <= 1 && (expected - result.features[row, 1]).magnitude < 1e-4
        }
      }
      #expect(lies)
    }
  }

  @Test("A value that one of the two rows lacks may be missing, one that both lack is")
  func missing() throws {
    let names = ["a", "b"]
    let values: [Float] = [1, .nan, 2, .nan, 3, .nan, 9, 1, 8, 2, 7, 3, 6, 4]
    let targets = [true, true, true, false, false, false, false]
    let matrix = LabelledMatrix(features: FeatureMatrix(names: names, values: values), targets: targets)
    var options = ResamplingOptions()
    (options.neighbours, options.syntheticRatio) = (2, 1)
    let result = try SyntheticMinority(options: options, groups: names).extending(matrix, seed: 1)
    #expect(result.targets.count == 8 && result.features[7, 1].isNaN && !result.features[7, 0].isNaN)
  }

  @Test("Too few rows of the rarer class for SMOTE's neighbours are refused with the remedy")
  func tooFew() throws {
    let names = ["a"]
    let features = FeatureMatrix(names: names, values: (0..<30).map { Float($0) })
    let matrix = LabelledMatrix(features: features, targets: (0..<30).map { $0 < 5 })
    let error = #expect(throws: TrainingError.self) {
      try ResampledRows(matrix, .syntheticMinority, options: ResamplingOptions(), groups: names, seed: 1)
    }
    #expect(error?.code == .tooFewRows)
    #expect(
      error?.message
        == "5 training rows are of the rarer class, too few for SMOTE with 5 neighbours; give more rows, or set "
        + "fewer neighbours or another resampling"
    )
  }

  @Test("Under-sampling keeps every default and as many repaid rows, and says what it did to the odds")
  func underSampling() throws {
    let (matrix, fixture) = try fixture()
    let result = try ResampledRows(
      matrix,
      .underSampling,
      options: ResamplingOptions(),
      groups: fixture.groups,
      seed: 5
    )
    #expect(result.matrix.targets.count { $0 } == 20 && result.matrix.targets.count == 40)
    #expect(agree(result.marginOffset, PortableMath.log(2)))
    let again = try ResampledRows(
      matrix,
      .underSampling,
      options: ResamplingOptions(),
      groups: fixture.groups,
      seed: 5
    )
    #expect(again.matrix.features.values == result.matrix.features.values)
  }

  @Test("Class weights make both classes weigh the same and leave the rows as they are")
  func weights() throws {
    let (matrix, fixture) = try fixture()
    let result = try ResampledRows(
      matrix,
      .classWeights,
      options: ResamplingOptions(),
      groups: fixture.groups,
      seed: 5
    )
    #expect(result.positiveWeight == 2 && result.matrix.targets == matrix.targets)
    #expect(agree(result.marginOffset, PortableMath.log(2)))
  }
}
