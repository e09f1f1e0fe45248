import Testing

@testable import TreeEnsemble

@Suite("CategorySplit")
struct CategorySplitTests {
  private func left(_ values: [Float], _ rule: CategorySplit.Rule, defaultsLeft: Bool) -> [Bool] {
    let split = CategorySplit(members: CategorySet(ascending: [0, 3, 35]), rule: rule)
    return values.map { split.goesLeft($0, defaultsLeft: defaultsLeft) }
  }

  /// A member, another, the last, within and beyond the bits, a fraction, below zero twice, and huge.
  private let values: [Float] = [3, 1, 35, 63, 64, 3.9, -0.5, -1, 3e9, .infinity]

  @Test("Each library's rules, as tried out with its versions")
  func rules() {
    let newest = [false, true, false, true, true, false, true, true, true, true]
    #expect(left(values, .xgboost, defaultsLeft: false) == newest)
    #expect(left(values, .xgboost, defaultsLeft: true) == newest)
    let first = [false, true, false, true, true, false, false, true, true, true]
    #expect(left(values, .xgboost15, defaultsLeft: false) == first)
    let second = [false, true, false, true, false, false, false, false, false, false]
    #expect(left(values, .xgboost16, defaultsLeft: false) == second)
    let lightGBM = [true, false, true, false, false, true, true, false, false, false]
    #expect(left(values, .lightGBM, defaultsLeft: true) == lightGBM)
    for rule in [CategorySplit.Rule.xgboost15, .xgboost16, .xgboost] {
      #expect(left([.nan], rule, defaultsLeft: true) == [true])
      #expect(left([.nan], rule, defaultsLeft: false) == [false])
    }
  }

  @Test("Sparse sets answer as dense ones do, and take no more memory than their members")
  func sparse() {
    let members: [UInt32] = [7, 1 << 20, (1 << 24) - 1]
    let set = CategorySet(ascending: members)
    for member in members { #expect(set.contains(Float(member))) }
    for other: Float in [6, 8, 1_048_575, 1_048_577, 16_777_214, 16_777_216, .infinity] {
      #expect(!set.contains(other))
    }
    #expect(set.bitCapacity == 16_777_216)
  }
}
