import Foundation
import Settings
import TestSupport
import Testing

@Suite struct YAMLFileTests {
  @Test(
    "Text that is no YAML of ours is refused at its place",
    arguments: [
      ("name: a\nname: b\n", .duplicateKey, 1), ("batch:\n  rate: 1\n  'rate': 2\n", .duplicateKey, 2),
      ("batch:\n  rate: 1\n  !x rate: 2\n", .duplicateKey, 3),
      ("name: [a\n", .syntax, 2), ("name: a\n\tbad: b\n", .syntax, 2), ("a: b: c\n", .syntax, 1),
      ("name: *nobody\n", .syntax, 1), ("name: !!binary aGk=\n", .syntax, 1),
      ("name: !secret x\n", .syntax, 1),
      ("? [a, b]\n: c\n", .syntax, 1), ("name: a\n---\nname: b\n", .syntax, 2), ("name: \u{1}\n", .syntax, 1),
    ] as [(String, SettingsProblem.Code, Int)]
  )
  func refused(_ text: String, _ code: SettingsProblem.Code, _ line: Int) {
    let found = problems { _ = try YAMLFile(text: text, path: "s.yaml") }
    #expect(found.map(\.code) == [code])
    guard case .file("s.yaml", let foundLine, _) = found.first?.location else {
      Issue.record("no place")
      return
    }
    #expect(foundLine == line)
  }

  @Test("Aliases and merge keys say things once")
  func aliases() throws {
    let text = """
      batch: &b {rate: 0.5, maximum_records: 10}
      name: &n x
      """
    #expect(try decode(text).batch == Sample.Batch(maximumRecords: 10, rate: 0.5))
    struct Pair: Decodable { var left: Sample.Batch, right: Sample.Batch }
    let pair = try YAMLFile(
      text: "left: &l {rate: 0.5, maximum_records: 10}\nright: {<<: *l, rate: 2}",
      path: "s.yaml"
    ).decode(Pair.self)
    #expect(pair.left.rate == 0.5)
    #expect(pair.right == Sample.Batch(maximumRecords: 10, rate: 2))
  }

  @Test("An alias bomb is refused before it goes off", .timeLimit(.minutes(1)))
  func bomb() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<10 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    #expect(problems { _ = try YAMLFile(text: text, path: "s.yaml") }.map(\.code) == [.tooLarge])
  }

  @Test("Nesting is bounded, in brackets and in lines", arguments: [65, 900, 5_000, 200_000])
  func depth(_ depth: Int) {
    let brackets = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(!problems { _ = try YAMLFile(text: brackets, path: "s.yaml") }.isEmpty)
    let dashes = String(repeating: "- ", count: depth) + "a"
    #expect(!problems { _ = try YAMLFile(text: dashes, path: "s.yaml") }.isEmpty)
  }

  @Test("A file that is absent, a folder, too large or not UTF-8 is refused by name")
  func unreadable() throws {
    try withTemporaryDirectory { folder in
      let latin = folder + "/latin.yaml"
      try Data([0x61, 0x3A, 0x20, 0xE9]).write(to: URL(filePath: latin))
      let large = folder + "/large.yaml"
      try Data(repeating: UInt8(ascii: "#"), count: YAMLFile.maximumBytes + 1).write(to: URL(filePath: large))
      let codes = [
        (folder + "/absent.yaml", SettingsProblem.Code.unreadable), (folder, .unreadable),
        (latin, .unreadable),
        (large, .tooLarge),
      ]
      for (path, code) in codes {
        let found = problems { _ = try YAMLFile(path: path) }
        #expect(found.map(\.code) == [code], "\(path)")
        #expect(found.first?.description.hasPrefix(path) == true)
      }
    }
  }

  @Test("An empty file gives every default", arguments: ["", "\n# nothing\n", "---\n", "~"])
  func empty(_ text: String) throws {
    struct Defaults: Decodable { var workers: Int? }
    #expect(try YAMLFile(text: text, path: "s.yaml").decode(Defaults.self).workers == nil)
  }

  @Test("Every setting knows its place, an absent one that of its nearest parent")
  func positions() throws {
    let text = "name: a\nderived:\n  RATIO:\n    expression: x / y\nlist: [1, {b: 2}]\n"
    let file = try YAMLFile(
      text: text,
      path: "s.yaml",
      overrides: SettingOverrides(environment: [:], flags: ["name=b"])
    )
    #expect(file.position(of: []) == .file("s.yaml", line: 1, column: 1))
    #expect(file.position(of: ["derived", "RATIO"]) == .file("s.yaml", line: 3, column: 3))
    #expect(file.position(of: ["derived", "RATIO", "expression"]) == .file("s.yaml", line: 4, column: 5))
    #expect(file.position(of: ["derived", "RATIO", "label", "en"]) == .file("s.yaml", line: 3, column: 3))
    #expect(file.position(of: ["list", "1", "b"]) == .file("s.yaml", line: 5, column: 12))
    #expect(file.position(of: ["list", "7"]) == .file("s.yaml", line: 5, column: 1))
    #expect(file.position(of: ["name"]) == .flag("name"))
    #expect(file.problem(at: ["derived", "RATIO"], "no").description == "s.yaml:3:3: derived.RATIO: no")
  }
}
