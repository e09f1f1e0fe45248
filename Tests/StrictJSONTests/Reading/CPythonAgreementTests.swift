import Foundation
import StrictJSON
import Testing

/// CPython's json, made strict, is the oracle of verdicts and values (`Fixtures/make_fixtures.py`).
@Suite struct CPythonAgreementTests {
  @Test("Verdict and every value, bit for bit, are those of CPython")
  func documents() throws {
    let lines = try fixture("documents.tsv")
    let parser = JSONParser(limits: .document)
    for line in lines {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      var dumped = "refused"
      do { try parser.withRoot(of: bytes(hex: columns[0])) { dumped = dump($0) } } catch is JSONError {}
      #expect(dumped == columns[1], "\(String(decoding: bytes(hex: columns[0]), as: UTF8.self))")
    }
    #expect(lines.count > 700)
  }

  @Test("What the writer makes of a document reads back as the same document")
  func rewriting() throws {
    let parser = JSONParser(limits: .document)
    var rewritten = 0
    for line in try fixture("documents.tsv") where !line.hasSuffix("\trefused") {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      for isPretty in [false, true] {
        var writer = JSONWriter(pretty: isPretty)
        try parser.withRoot(of: bytes(hex: columns[0])) { writer.value($0) }
        try parser.withRoot(of: writer.bytes) { #expect(dump($0) == columns[1]) }
        rewritten += 1
      }
    }
    #expect(rewritten > 500)
  }

  private func dump(_ value: JSONValue) -> String {
    switch value.kind {
    case .object:
      let members = value.members.map { "k\(hex($0.key.utf8)) \(dump($0.value))" }
      return (["{"] + members + ["}"]).joined(separator: " ")
    case .array: return (["["] + value.elements.map(dump) + ["]"]).joined(separator: " ")
    case .string: return "s" + (value.withUTF8 { hex($0) } ?? "?")
    case .integer: return "i" + (value.int64.map(String.init) ?? value.uint64.map(String.init) ?? "?")
    case .double: return "d" + hex(withUnsafeBytes(of: (value.double ?? 0).bitPattern.bigEndian, Array.init))
    case .boolean: return value.boolean == true ? "t" : "f"
    case .null: return "n"
    }
  }
}

func fixture(_ name: String, file: String = #filePath) throws -> [Substring] {
  let folder = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent().appending(
    path: "Fixtures"
  )
  return try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(separator: "\n")
}
