import Foundation
import TestSupport
import Testing

/// `creditstream explore` from outside.
@Suite("Explore", .timeLimit(.minutes(10)))
struct ExploreCommandTests {
  private static let command = ["explore", "--pipeline", "pipeline.yaml", "--data"]

  @Test("Writes a page and a document, and says what it found")
  func explores() throws {
    try withTemporaryDirectory { folder in
      try LoanBook.write(to: folder)
      let outcome = try Program.run(
        Self.command + ["train.csv", "--html", "page.html", "--json", "page.json", "--fail-on-suspects"],
        in: folder
      )
      try #require(outcome.status == 0, "\(outcome.errors)")
      #expect(
        outcome.output.contains("900 rows, 6 fields") && outcome.output.contains("leakage suspects: none")
      )
      #expect(outcome.errors.contains("exploring") && outcome.errors.contains("reading train.csv"))
      let page = try String(contentsOfFile: folder + "/page.html", encoding: .utf8)
      #expect(page.contains("<h1>loan-book</h1>") && page.contains("Burden"))
      let json = try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(filePath: folder + "/page.json"))
      )
      #expect(((json as? [String: Any])?["fields"] as? [Any])?.count == 6)
    }
  }

  @Test("A leak is told on standard output, and ends with 65 where that is asked for")
  func suspects() throws {
    try withTemporaryDirectory { folder in
      try LoanBook.write(to: folder)
      let pipeline = LoanBook.pipeline.replacing("  SEX:", with: "  LATER: {kind: number}\n  SEX:")
      try Data(pipeline.utf8).write(to: URL(filePath: folder + "/pipeline.yaml"))
      let lines = LoanBook.table(rows: 900, seed: 1, withTarget: true).split(separator: "\n")
      let leaking = lines.enumerated().map { row, line in
        "\(line),\(row == 0 ? "LATER" : line.hasSuffix("1") ? "\(row % 7 + 3)" : "\(row % 5)")"
      }
      try Data((leaking.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: folder + "/leak.csv"))
      let outcome = try Program.run(Self.command + ["leak.csv", "--html", "page.html"], in: folder)
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("LATER: Alone it gives an area under the ROC curve of 0."))
      let strict = try Program.run(
        Self.command + ["leak.csv", "--html", "page.html", "--fail-on-suspects"],
        in: folder
      )
      #expect(strict.status == 65 && strict.errors.contains("suspected of knowing the outcome: LATER"))
    }
  }

  @Test(
    "Bad input is one line that says where, and nothing is left half-written",
    arguments: [
      ("twice.csv", "page.html", 65, "twice.csv:4: column ID: the id stands in line 2 already"),
      ("cut.csv", "page.html", 65, "cut.csv:"), ("cut.csv.gz", "page.html", 65, "cut.csv.gz"),
      ("latin.csv", "page.html", 65, "UTF-8"), ("empty.csv", "page.html", 65, "no header"),
      ("head.csv", "page.html", 65, "no rows"), ("train.csv", "/dev/full", 73, "No space left on device"),
      ("train.csv", "nowhere/page.html", 73, "there is no such folder"),
      ("absent.csv", "page.html", 65, "absent.csv"),
    ]
  )
  func badInput(_ data: String, _ page: String, _ status: Int, _ words: String) throws {
    try withTemporaryDirectory { folder in
      try LoanBook.write(to: folder)
      let table = LoanBook.table(rows: 60, seed: 3, withTarget: true)
      let lines = table.split(separator: "\n").map(String.init)
      func put(_ name: String, _ bytes: some Sequence<UInt8>) throws {
        try Data(bytes).write(to: URL(filePath: folder + "/" + name))
      }
      try put("twice.csv", ([lines[0], lines[1], lines[2], lines[1]].joined(separator: "\n") + "\n").utf8)
      try put("cut.csv", table.utf8.prefix(table.utf8.count * 2 / 3))
      try put(
        "latin.csv",
        table.replacing("house", with: "h?use").utf8.map { $0 == UInt8(ascii: "?") ? 0xE9 : $0 }
      )
      try put("empty.csv", [])
      try put("head.csv", (lines[0] + "\n").utf8)
      let fixture = URL(filePath: Checkout.path("Tests/TablesTests/Fixtures/plain.csv.gz"))
      try put("cut.csv.gz", try Data(contentsOf: fixture).dropLast(40))
      let before = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      let outcome = try Program.run(Self.command + [data, "--html", page], in: folder)
      #expect(outcome.status == Int32(status), "\(outcome.errors)")
      let message = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("creditstream: ") }
      #expect(message.count == 1 && message.first?.contains(words) == true, "\(outcome.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == before)
    }
  }
}
