import FeaturePipeline
import Foundation
import TestSupport
import Testing

@testable import Tables

@Suite("FeatureMatrixReader")
struct FeatureMatrixReaderTests {
  static func read(_ text: String) throws -> (names: [String], values: [Float]) {
    try withTemporaryDirectory { folder in
      let path = folder + "/rows.csv"
      try Data(text.utf8).write(to: URL(filePath: path))
      let matrix = try FeatureMatrixReader.read(path)
      return (matrix.names, matrix.values)
    }
  }

  @Test("Numbers are read, and empty cells are missing")
  func numbers() throws {
    let (names, values) = try Self.read("a,\"b c\"\n1,-2.5e3\n,NaN\n0.1,NA\n")
    #expect(names == ["a", "b c"])
    #expect(values.count == 6 && values[0] == 1 && values[1] == -2500 && values[4] == 0.1)
    #expect(values[2].isNaN && values[3].isNaN && values[5].isNaN)
  }

  @Test("A header alone is a matrix without rows")
  func empty() throws {
    let (names, values) = try Self.read("a,b\n")
    #expect(names == ["a", "b"] && values.isEmpty)
  }

  @Test(
    "What is no number is refused with line and column",
    arguments: [
      ("a,b\n1,x\n", 2, "b"), ("a,b\n1,2\n\n3,inf\n", 4, "b"), ("a,b\n1e39,2", 2, "a"),
      ("a,b\n1,2,3", 2, nil),
      ("a,b\n1", 2, nil), ("a,a\n", 1, nil), ("a,\n1,2", 1, nil), ("", nil, nil),
    ] as [(String, Int?, String?)]
  )
  func refusals(text: String, line: Int?, column: String?) {
    #expect { try Self.read(text) } throws: { error in
      let error = error as? TableError
      return error?.line == line && error?.column == column && error?.message.isEmpty == false
    }
  }
}
