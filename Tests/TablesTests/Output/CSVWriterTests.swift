import Foundation
import TestSupport
import Testing

@testable import Tables

@Suite("CSVWriter")
struct CSVWriterTests {
  @Test("What is written is read back, texts and numbers to the bit", arguments: 0..<30)
  func roundTrip(seed: UInt64) throws {
    var source = SplitMix64(seed: seed)
    let alphabet = ["a", ",", "\"", "\n", "\r\n", " ", "é", ";", "\t"]
    try withTemporaryDirectory { folder in
      let path = folder + "/out.csv"
      let writer = try CSVWriter(path, header: ["text", "double", "float", "integer"])
      var expected: [([String], Double, Float)] = []
      for row in 0..<50 {
        let text = (0..<4).compactMap { _ in alphabet.randomElement(using: &source) }.joined()
        let double = Double(bitPattern: UInt64.random(in: 1..<0x7FF0_0000_0000_0000, using: &source))
        let float = Float(bitPattern: UInt32.random(in: 1..<0x7F80_0000, using: &source))
        writer.cell(text)
        writer.cell(double)
        writer.cell(float)
        writer.cell(row)
        try writer.endRow()
        expected.append(([text, "\(row)"], double, float))
      }
      try writer.finish()
      let rows = try CSVReader(TableInput.open(path)).remainingRows()
      #expect(rows.count == 51 && rows[0] == ["text", "double", "float", "integer"])
      for (row, (texts, double, float)) in zip(rows.dropFirst(), expected) {
        #expect([row[0], row[3]] == texts, "seed \(seed)")
        #expect(Double(row[1]) == double && Float(row[2]) == float, "seed \(seed)")
      }
    }
  }

  @Test("A missing number is an empty cell")
  func missing() throws {
    try withTemporaryDirectory { folder in
      let writer = try CSVWriter(folder + "/out.csv", header: ["a", "b"])
      writer.cell(Double.nan)
      writer.cell(Float.nan)
      try writer.endRow()
      try writer.finish()
      #expect(try String(contentsOfFile: folder + "/out.csv", encoding: .utf8) == "a,b\n,\n")
    }
  }

  @Test("The file appears only at the end, and nothing is left of one that is given up")
  func atomic() throws {
    try withTemporaryDirectory { folder in
      let path = folder + "/out.csv"
      try Data("old".utf8).write(to: URL(filePath: path))
      do {
        let writer = try CSVWriter(path, header: ["a"])
        writer.cell("new")
        try writer.endRow()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["out.csv"])
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
      try CSVWriter(path, header: ["new"]).finish()
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "new\n")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["out.csv"])
    }
  }

  @Test("A full disk and a folder that is not there are errors with the path")
  func unwritable() throws {
    #expect { try CSVWriter("/nonexistent/out.csv", header: ["a"]) } throws: { error in
      (error as? TableError)?.code == .cannotWrite && "\(error)".contains("/nonexistent/out.csv")
    }
    let full = try CSVWriter("/dev/full", header: ["a"])
    #expect { try full.finish() } throws: { error in
      (error as? TableError)?.message.contains("No space left on device") == true
    }
  }
}
