import CreditEvents
import TestSupport
import Testing

@testable import CreditScoring

@Suite("ReasonUnits")
struct ReasonUnitsTests {
  static func units() throws -> ReasonUnits {
    let pipeline = try SampleModel.pipeline()
    return try ReasonUnits(policy: SampleModel.policy().explaining(pipeline), pipeline: pipeline)
  }

  @Test("Siblings of one field and merged groups are one unit")
  func units() throws {
    let units = try Self.units()
    #expect(units.codes == ["BURDEN", "income", "job", "region", "owns_car", "age"])
    #expect(units.unitOfFeature == [1, 0, 2, 2, 2, 2, 3, 4, 5, 0])
    #expect(units.fields == [["credit", "income"], ["income"], ["job"], ["region"], ["owns_car"], ["age"]])
  }

  @Test("Only what raises the risk is a reason, at most four, of equals the first")
  func strongest() throws {
    let units = try Self.units()
    let codes = { (sums: [Double]) in units.strongest(sums).map(\.code) }
    #expect(codes([0, 0, 0, 0, 0, 0]) == [])
    #expect(codes([-1, 0.5, -2, 0.25, 0, -0.1]) == ["income", "region"])
    #expect(codes([1, 2, 3, 4, 5, 6]) == ["age", "owns_car", "region", "job"])
    #expect(codes([1, 1, 1, 1, 1, 1]) == ["BURDEN", "income", "job", "region"])
    #expect(codes([1, 2, 1, 2, 1, 2]) == ["income", "region", "age", "BURDEN"])
  }

  /// A stable sort of everything is the oracle of the short list.
  @Test("The short list is the head of the sorted list", arguments: [1, 2, 3] as [UInt64])
  func sorted(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let units = try Self.units()
    for _ in 0..<200 {
      let sums = (0..<6).map { _ in Double(Int.random(in: -3...3, using: &random)) }
      let expected = sums.indices.filter { sums[$0] > 0 }
        .sorted { (sums[$0], $1) > (sums[$1], $0) }.prefix(4)
      #expect(units.strongest(sums).map(\.code) == expected.map { units.codes[$0] }, "seed \(seed): \(sums)")
    }
  }
}
