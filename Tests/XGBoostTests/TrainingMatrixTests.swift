import Testing
import XGBoost

@Suite("TrainingMatrix")
struct TrainingMatrixTests {
  @Test("Lengths that do not fit are refused before the library sees them")
  func shapes() throws {
    func code(
      values: Int = 6,
      rows: Int = 3,
      columns: Int = 2,
      labels: Int? = nil,
      weights: Int? = nil,
      names: Int? = nil
    ) -> XGBoostError.Code? {
      do {
        _ = try TrainingMatrix(
          values: Array(repeating: 1, count: values),
          rowCount: rows,
          columnCount: columns,
          labels: labels.map { Array(repeating: 0, count: $0) },
          weights: weights.map { Array(repeating: 1, count: $0) },
          columnNames: names.map { (0..<$0).map { "c\($0)" } }
        )
        return nil
      } catch { return error.code }
    }
    #expect(code() == nil)
    #expect(code(values: 5) == .shapeMismatch)
    #expect(code(values: 0, rows: 0) == .shapeMismatch)
    #expect(code(values: 0, columns: 0) == .shapeMismatch)
    #expect(code(rows: .max, columns: .max) == .shapeMismatch)
    #expect(code(labels: 2) == .shapeMismatch)
    #expect(code(weights: 4) == .shapeMismatch)
    #expect(code(names: 1) == .shapeMismatch)
  }

  @Test("A value the library refuses is an error with its words, and nothing leaks")
  func refusedByLibrary() throws {
    for _ in 0..<20 {
      let infinite = #expect(throws: XGBoostError.self) {
        try TrainingMatrix(values: [1, .infinity], rowCount: 1, columnCount: 2)
      }
      #expect(infinite?.code == .libraryFailure)
      #expect(infinite?.message.contains("inf") == true)
      #expect(infinite?.message.contains("Stack trace") == false)
      // The matrix exists already when its labels are refused: the half-made instance must be freed.
      let label = #expect(throws: XGBoostError.self) {
        try TrainingMatrix(values: [1, 2], rowCount: 1, columnCount: 2, labels: [.nan])
      }
      #expect(label?.code == .libraryFailure)
    }
  }

  @Test("Unusual names survive the way through C")
  func names() throws {
    let names = ["", "é — ü", String(repeating: "x", count: 300), "a b", "c", "d"]
    let matrix = try SyntheticLoans().matrix(columnNames: names)
    let booster = try Booster(parameters: BoosterParameters(), matrices: [matrix])
    try booster.update(round: 0, on: matrix)
    let used = try booster.importances(.weight).map(\.feature)
    #expect(!used.isEmpty)
    #expect(Set(used).isSubset(of: Set(names)))
    let copy = try Booster(model: booster.encoded(as: .json))
    #expect(try copy.importances(.weight).map(\.feature) == used)
  }
}
