import Foundation
import TestSupport
import Testing

/// `creditstream drift compare` from outside.
@Suite("Drift compare", .timeLimit(.minutes(10)))
struct DriftCompareCommandTests {
  private static let command = ["drift", "compare", "--pipeline", "pipeline.yaml", "--reference"]

  /// The loan book as other tests use it, and the same with incomes a fifth lower.
  private static func write(to folder: String) throws {
    try LoanBook.write(to: folder)
    let lines = LoanBook.table(rows: 900, seed: 5, withTarget: false).split(separator: "\n")
    let moved = lines.enumerated().map { row, line in
      var cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      if row > 0, let income = Double(cells[1]) { cells[1] = "\(income * 0.5)" }
      return cells.joined(separator: ",")
    }
    try Data((moved.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: folder + "/moved.csv"))
  }

  @Test("Writes page and document, says what moved, and ends with 65 only where that is asked for")
  func compares() throws {
    try withTemporaryDirectory { folder in
      try Self.write(to: folder)
      let arguments =
        Self.command + ["train.csv", "--current", "moved.csv", "--evidently", "--html", "page.html"]
      let outcome = try Program.run(arguments + ["--json", "drift.json"], in: folder)
      try #require(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("fields drifted") && outcome.output.contains("INCOME"))
      #expect(outcome.output.contains("Evidently:") && outcome.errors.contains("comparing"))
      let page = try String(contentsOfFile: folder + "/page.html", encoding: .utf8)
      #expect(page.contains("<h1>loan-book</h1>") && page.contains("As Evidently sees it"))
      let document = try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(filePath: folder + "/drift.json"))
      )
      let features = (document as? [String: Any])?["features"] as? [[String: Any]]
      #expect(
        features?.first?["name"] as? String == "INCOME" || features?.first?["name"] as? String == "BURDEN"
      )
      let strict = try Program.run(arguments + ["--json", "-", "--fail-on-drift"], in: folder)
      #expect(strict.status == 65 && strict.errors.contains("creditstream: drift: "))
      #expect(strict.output.hasPrefix("{") && strict.output.hasSuffix("}\n"))
    }
  }

  @Test("Random halves of one table show nothing, also where drift would be a failure")
  func halves() throws {
    try withTemporaryDirectory { folder in
      try LoanBook.write(to: folder)
      let outcome = try Program.run(
        Self.command + ["train.csv", "--split-seed", "7", "--fail-on-drift"],
        in: folder
      )
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("0 of 6 fields drifted") && outcome.output.contains("too small"))
    }
  }

  @Test("With a model, score and decisions come first and the shift is split by field")
  func model() throws {
    try withTemporaryDirectory { folder in
      try Self.write(to: folder)
      let train = try Program.run(
        ["train", "--pipeline", "pipeline.yaml", "--data", "train.csv", "--registry", "models"],
        in: folder
      )
      try #require(train.status == 0, "\(train.errors)")
      let outcome = try Program.run(
        Self.command + [
          "train.csv", "--current", "moved.csv", "--model", "models/loan-book/1", "--json", "drift.json",
        ],
        in: folder
      )
      try #require(outcome.status == 0, "\(outcome.errors)")
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: folder + "/drift.json")))
          as? [String: Any]
      )
      #expect(document["model"] as? String == "loan-book 1")
      #expect(
        (document["results"] as? [[String: Any]])?.map { $0["role"] as? String } == ["score", "decision"]
      )
      let shift = try #require(document["score_shift"] as? [String: Any])
      let parts = try #require(shift["parts"] as? [[String: Any]])
      let total = parts.reduce(0) { $0 + ($1["shift"] as? Double ?? .nan) }
      #expect((total - (shift["total"] as? Double ?? .nan)).magnitude < 1e-12)
      #expect(["INCOME", "BURDEN"].contains(parts.first?["feature"] as? String))
    }
  }

  @Test(
    "Bad input is one line that says where, and nothing is left half-written",
    arguments: [
      (["train.csv", "--current", "empty.csv"], 65, "empty.csv: the file has no header"),
      (["train.csv", "--current", "head.csv"], 65, "head.csv: the table has no rows"),
      (["train.csv", "--current", "other.csv"], 65, "other.csv"),
      (["train.csv", "--current", "cut.csv.gz"], 65, "cut.csv.gz"),
      (["absent.csv", "--current", "new.csv"], 65, "absent.csv"),
      (["train.csv", "--current", "new.csv", "--tolerance", "0"], 64, "a tolerated index of 0"),
      (["train.csv", "--current", "new.csv", "--model", "nowhere"], 65, "nowhere"),
      (["train.csv", "--current", "new.csv", "--json", "nowhere/x.json"], 73, "there is no such folder"),
    ]
  )
  func badInput(_ arguments: [String], _ status: Int, _ words: String) throws {
    try withTemporaryDirectory { folder in
      try LoanBook.write(to: folder)
      func put(_ name: String, _ bytes: some Sequence<UInt8>) throws {
        try Data(bytes).write(to: URL(filePath: folder + "/" + name))
      }
      try put("empty.csv", [])
      try put("head.csv", "ID,INCOME,AMOUNT,PURPOSE,OWNER,SEX\n".utf8)
      try put("other.csv", "ID,EARNINGS\n1,2\n".utf8)
      let fixture = URL(filePath: Checkout.path("Tests/TablesTests/Fixtures/plain.csv.gz"))
      try put("cut.csv.gz", try Data(contentsOf: fixture).dropLast(40))
      let before = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      let outcome = try Program.run(Self.command + arguments + ["--html", "page.html"], in: folder)
      #expect(outcome.status == Int32(status), "\(outcome.errors)")
      let message = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("creditstream: ") }
      #expect(message.count == 1 && message.first?.contains(words) == true, "\(outcome.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == before)
    }
  }

  @Test("A reference of 50 rows is compared, and said to be too small for an alarm")
  func small() throws {
    try withTemporaryDirectory { folder in
      try LoanBook.write(to: folder)
      let lines = LoanBook.table(rows: 50, seed: 9, withTarget: false)
      try Data(lines.utf8).write(to: URL(filePath: folder + "/small.csv"))
      let outcome = try Program.run(
        Self.command + ["small.csv", "--current", "new.csv", "--fail-on-drift"],
        in: folder
      )
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("sequential detector: could not run"))
      #expect(outcome.output.contains("chance alone gives a field an index of up to"))
    }
  }
}
