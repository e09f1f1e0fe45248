import Foundation
import TestSupport
import Testing

/// Keeps the rules of the house by reading it: import lines, dataset names, unsafe code.
@Suite("Architecture")
struct ArchitectureTests {
  struct SourceFile {
    var target: String
    var path: String
    var text: String

    /// Modules named in `import` lines, whatever their access level or attributes.
    var imports: [String] {
      text.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        guard let position = words.firstIndex(of: "import"), position <= 2, position + 1 < words.count else {
          return nil
        }
        let before = words[..<position]
        guard
          before.allSatisfy({
            $0.hasPrefix("@") || ["public", "package", "internal", "private"].contains($0)
          })
        else { return nil }
        // `import struct Foundation.Date` names a declaration of a module.
        let kinds: Set<Substring> = [
          "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
        ]
        let name = kinds.contains(words[position + 1]) ? words[position + 2] : words[position + 1]
        return String(name.split(separator: ".")[0])
      }
    }
  }

  static let sources: [SourceFile] = {
    let folder = Checkout.path("Sources")
    let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".swift") && !$0.hasPrefix("Benchmarks/") }.sorted().compactMap {
      path in
      guard let text = try? String(contentsOfFile: folder + "/" + path, encoding: .utf8) else { return nil }
      return SourceFile(target: String(path.prefix { $0 != "/" }), path: path, text: text)
    }
  }()

  @Test("Each target imports only what the table allows it")
  func importsFollowTheTable() throws {
    #expect(!Self.sources.isEmpty)
    for file in Self.sources {
      let rule = try #require(
        ImportRules.rules[file.target],
        "\(file.target) is not in the table of import rules"
      )
      let toolchain =
        ImportRules.domain.contains(file.target)
        ? ImportRules.standardLibrary.union(["FoundationEssentials"]) : ImportRules.system
      let allowed = rule.ours.union(rule.packages).union(toolchain)
      for name in file.imports {
        #expect(allowed.contains(name), "\(file.path) may not import \(name)")
      }
    }
  }

  @Test("The reader of import lines sees every form")
  func importLinesAreRead() {
    let file = SourceFile(
      target: "T",
      path: "T.swift",
      text:
        "import A\npublic import B\n@preconcurrency import C\nimport struct D.E\n// import F\nlet import1 = 2\n"
    )
    #expect(file.imports == ["A", "B", "C", "D"])
  }

  @Test("No field of a dataset is named in Swift code")
  func datasetsAreConfiguration() throws {
    let folder = Checkout.path("Config/pipelines")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
    #expect(!files.isEmpty)
    let pattern = try Regex("[A-Z][A-Z0-9]*(_[A-Z0-9]+)+")
    var names: Set<Substring> = []
    for file in files {
      let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
      names.formUnion(
        text.matches(of: pattern).map { text[$0.range] }.filter { $0.count >= 6 }.map { Substring($0) }
      )
    }
    #expect(names.count > 20)
    for file in Self.sources {
      let words = Set(file.text.matches(of: pattern).map { file.text[$0.range] })
      #expect(words.isDisjoint(with: names), "\(file.path) names \(words.intersection(names).sorted())")
    }
  }

  @Test("The scoring loop imports nothing at all: no clock, no client, no log can reach it")
  func theLoopIsPure() {
    let loop = Self.sources.filter { $0.path.hasPrefix("ScoringStream/Loop/") }
    #expect(loop.count > 5)
    for file in loop { #expect(file.imports.isEmpty, "\(file.path) imports \(file.imports)") }
  }

  @Test("Nothing is forced: no try!, as!, fatalError or unchecked build")
  func nothingIsForced() {
    for file in Self.sources {
      for word in ["try!", "as!", "fatalError(", "-Ounchecked"] {
        #expect(!file.text.contains(word), "\(file.path) contains \(word)")
      }
    }
  }
}
