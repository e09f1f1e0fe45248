import ModelTraining
import Testing

@Suite("StratifiedFolds")
struct StratifiedFoldsTests {
  private let targets = (0..<1003).map { $0 % 13 == 0 }

  @Test("Each row is in one fold, and all folds are alike in size and in defaults", arguments: [2, 3, 5, 10])
  func balance(_ count: Int) throws {
    let folds = try StratifiedFolds(targets: targets, count: count, seed: 7)
    let sizes = (0..<count).map { folds.rows(in: $0).count }
    let defaults = (0..<count).map { fold in folds.rows(in: fold).count { targets[$0] } }
    #expect(sizes.reduce(0, +) == targets.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    #expect((defaults.max() ?? 0) - (defaults.min() ?? 0) <= 1)
    for fold in 0..<count {
      #expect(Set(folds.rows(in: fold)).isDisjoint(with: folds.rows(outside: fold)))
      #expect(folds.rows(in: fold).count + folds.rows(outside: fold).count == targets.count)
    }
  }

  @Test("The same seed and purpose give the same folds; another seed or purpose gives others")
  func seed() throws {
    let folds = try StratifiedFolds(targets: targets, count: 5, seed: 7, purpose: 1)
    #expect(try folds == StratifiedFolds(targets: targets, count: 5, seed: 7, purpose: 1))
    #expect(try folds != StratifiedFolds(targets: targets, count: 5, seed: 8, purpose: 1))
    #expect(try folds != StratifiedFolds(targets: targets, count: 5, seed: 7, purpose: 2))
  }

  @Test("The folds of a seed stay what they are from version to version")
  func pinned() throws {
    let targets = [true, true, false, false, false, true, false, false, false, false]
    let folds = try StratifiedFolds(targets: targets, count: 3, seed: 42, purpose: 0)
    #expect(folds.foldOfRow == [0, 2, 2, 1, 0, 1, 0, 2, 0, 1])
  }

  @Test("A class with fewer rows than folds is refused with a remedy")
  func tooFew() {
    let error = #expect(throws: TrainingError.self) {
      try StratifiedFolds(targets: [true, true, false, false, false], count: 3, seed: 1)
    }
    #expect(error?.code == .tooFewRows)
    #expect(error?.message == "2 rows defaulted, fewer than the 3 folds; give more rows or fewer folds")
  }

  @Test("One fold is refused")
  func oneFold() {
    let error = #expect(throws: TrainingError.self) {
      try StratifiedFolds(targets: [true, false], count: 1, seed: 1)
    }
    #expect(error?.code == .tooFewFolds)
  }
}
