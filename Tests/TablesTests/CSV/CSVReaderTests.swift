import FeaturePipeline
import Foundation
import TestSupport
import Testing

@testable import Tables

@Suite("CSVReader")
struct CSVReaderTests {
  static func rows(
    _ text: String,
    delimiter: TableLayout.Delimiter = .character(UInt8(ascii: ",")),
    chunk: Int = .max
  ) throws -> [[String]] {
    let source = MemorySource([UInt8](text.utf8), name: "test.csv", chunk: chunk)
    return try CSVReader(source, delimiter: delimiter).remainingRows()
  }

  @Test(
    "What RFC 4180 allows is read, in pieces of any size",
    arguments: [
      ("", []), ("\n\n\r\n", []), ("a", [["a"]]), ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
      ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]), ("\u{FEFF}a,b\n", [["a", "b"]]),
      ("a,\n,b\n,", [["a", ""], ["", "b"], ["", ""]]),
      ("\"a\",\"b\"\n", [["a", "b"]]), ("\"a,b\",c", [["a,b", "c"]]), ("\"a\nb\",c\n", [["a\nb", "c"]]),
      ("\"a\r\nb\",c\r\n", [["a\r\nb", "c"]]), ("\"a \"\"b\"\" c\"", [["a \"b\" c"]]),
      ("\"\",x\n\"\"", [["", "x"], [""]]),
      ("\"\"\"\"", [["\""]]), ("\"\"\"\",\"\"\"\"\"\"\n", [["\"", "\"\""]]), (" a , b ", [[" a ", " b "]]),
      ("a,b\n\nc,d\n\n", [["a", "b"], ["c", "d"]]), ("é,漢\n😀,\u{301}", [["é", "漢"], ["😀", "\u{301}"]]),
      ("a\r", [["a"]]), ("\"x\"\r\n", [["x"]]), ("'a,b'", [["'a", "b'"]]), ("\u{FEFF}\"q\",1", [["q", "1"]]),
    ] as [(String, [[String]])]
  )
  func allowed(text: String, expected: [[String]]) throws {
    for chunk in [1, 2, 3, 5, 1000] {
      #expect(try Self.rows(text, chunk: chunk) == expected, "chunk \(chunk)")
    }
  }

  @Test(
    "What RFC 4180 forbids is refused with its line",
    arguments: [
      ("a,b\nc\"d,e\n", 2, .malformed), ("a\n\"b\"c\n", 2, .malformed), ("a\n\nx,\"b\n\nc", 3, .malformed),
      ("a\rb\rc", 1, .malformed), ("ok\na\0b", 2, .notUTF8), ("\"a\"\"\n", 1, .malformed),
      ("a,\"b\" ,c", 1, .malformed),
      ("\"\"\"", 1, .malformed), ("x\n\"y\"\n\"z\"\"\n\n", 3, .malformed), ("a,b\"\"c", 1, .malformed),
      ("\"line\n2\"\nbad\"", 3, .malformed),
    ] as [(String, Int, TableError.Code)]
  )
  func forbidden(text: String, line: Int, code: TableError.Code) {
    for chunk in [1, 3, 1000] {
      do {
        let rows = try Self.rows(text, chunk: chunk)
        Issue.record("read \(rows)")
      } catch let error as TableError {
        #expect(error.code == code && error.line == line && error.file == "test.csv", "\(error)")
      } catch {
        Issue.record("\(error)")
      }
    }
  }

  @Test(
    "Bytes that are not UTF-8 are refused, with the line and a remedy",
    arguments: [[0x61, 0x0A, 0xE9, 0x0A], [0x61, 0x0A, 0xC0, 0x80], [0x61, 0x0A, 0xED, 0xA0, 0x80]]
      as [[UInt8]]
  )
  func encoding(bytes: [UInt8]) {
    #expect {
      try CSVReader(MemorySource(bytes, name: "f")).remainingRows()
    } throws: { error in
      let error = error as? TableError
      return error?.code == .notUTF8 && error?.line == 2 && error?.message.contains("iconv") == true
    }
  }

  @Test(
    "UTF-16 is recognised by its mark",
    arguments: [[0xFF, 0xFE, 0x61, 0], [0xFE, 0xFF, 0, 0x61]] as [[UInt8]]
  )
  func utf16(bytes: [UInt8]) {
    #expect {
      try CSVReader(MemorySource(bytes, name: "f")).remainingRows()
    } throws: { error in
      (error as? TableError)?.message.contains("UTF-16") == true
    }
  }

  @Test("Rows that CPython's csv module quoted are read back", arguments: [1, 7, 4096])
  func againstPython(chunk: Int) throws {
    let expected = try JSONDecoder().decode([[String]].self, from: Data(Fixture.bytes("tricky.json")))
    let source = MemorySource(try Fixture.bytes("tricky.csv"), name: "tricky.csv", chunk: chunk)
    #expect(try CSVReader(source).remainingRows() == expected)
  }

  @Test("Other delimiters: tabs, semicolons, runs of blanks")
  func delimiters() throws {
    #expect(try Self.rows("a;b,c\n", delimiter: .character(UInt8(ascii: ";"))) == [["a", "b,c"]])
    #expect(try Self.rows("a\t\"b\tc\"\n", delimiter: .character(9)) == [["a", "b\tc"]])
    #expect(
      try Self.rows("\n A11  6 \"x\t\tB\r\n  \nC\n", delimiter: .whitespace) == [
        ["A11", "6", "\"x", "B"], ["C"],
      ]
    )
  }

  @Test("Lines can be passed over before the records, whatever they hold")
  func skipping() throws {
    let reader = CSVReader(MemorySource([UInt8]("\u{FEFF}not \"csv\n\na,b\n".utf8), name: "f"))
    #expect(try reader.skipLine())
    #expect(try reader.skipLine())
    #expect(try reader.next())
    #expect(reader.line == 3 && reader.cell(1) == "b")
    #expect(try !reader.skipLine())
  }

  @Test("Lines are counted through quoted line ends and empty lines")
  func lines() throws {
    let reader = CSVReader(MemorySource([UInt8]("a\n\n\"b\n\nb\"\nc\n".utf8), name: "f", chunk: 2))
    var lines: [Int] = []
    while try reader.next() { lines.append(reader.line) }
    #expect(lines == [1, 3, 6])
  }

  @Test("Random bytes are read or refused, and never bring the reader down", arguments: 0..<200)
  func randomBytes(seed: UInt64) {
    var source = SplitMix64(seed: seed)
    let alphabet: [UInt8] = [0x61, 0x2C, 0x22, 0x0A, 0x0D, 0x20, 0xC3, 0xA9, 0xEF, 0xBB, 0xBF]
    let bytes = (0..<Int.random(in: 0...60, using: &source)).compactMap { _ in
      alphabet.randomElement(using: &source)
    }
    let results = [1, 4, 1000].map { chunk in
      Result { try CSVReader(MemorySource(bytes, name: "f", chunk: chunk)).remainingRows() }
        .mapError { $0 as? TableError ?? TableError(.cannotRead, file: "another error", "") }
    }
    #expect(results.allSatisfy { $0 == results[0] }, "seed \(seed): \(results)")
  }
}
