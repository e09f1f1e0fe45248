import Foundation
import TestSupport
import Testing

/// Commands that read a client's history, from outside.
@Suite("History tables on the command line", .timeLimit(.minutes(5)))
struct HistoryCommandTests {
  private static let fixture = Checkout.path("Tests/TablesTests/Fixtures/History")
  private static let pipeline = fixture + "/history.yaml"
  private static let table = fixture + "/applications.csv"

  @Test("Explore shows aggregates like fields, with the table and the rule behind them")
  func explores() throws {
    try withTemporaryDirectory { folder in
      let arguments = ["explore", "--pipeline", Self.pipeline, "--data", Self.table, "--html", "page.html"]
      let outcome = try Program.run(
        arguments + ["--history", Self.fixture, "--json", "page.json"],
        in: folder
      )
      try #require(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.errors.contains("sorting history") && outcome.errors.contains("installments_payments:"))
      let bytes = try Data(contentsOf: URL(filePath: folder + "/page.json"))
      let document = try JSONSerialization.jsonObject(with: bytes) as? [String: Any]
      let fields = (document?["fields"] as? [[String: Any]]) ?? []
      #expect(fields.count { $0["role"] as? String == "aggregate" } == 17)
      let active = fields.first { $0["name"] as? String == "LOAN_ACTIVE_SUM" }
      #expect(active?["formula"] as? String == "loans: sum(SUM) where STATE == \"Active\"")
      let expected = try Self.expected("LOAN_ACTIVE_SUM")
      #expect(active?["missing"] as? Int == expected.count { $0 == nil })
      let known = expected.compactMap { $0 }
      let number = active?["number"] as? [String: Any]
      let mean = (number?["mean"] as? Double) ?? .nan
      #expect(abs(mean - known.reduce(0, +) / Double(known.count)) <= 1e-9 * abs(mean))
      #expect(fields.contains { $0["name"] as? String == "LATE_PER_LOAN" })
      let page = try String(contentsOfFile: folder + "/page.html", encoding: .utf8)
      #expect(page.contains("loans: sum(SUM) where STATE"))
      let without = try Program.run(arguments, in: folder)
      #expect(without.status == 65 && without.errors.contains("by --history DIR"), "\(without.errors)")
    }
  }

  /// What pandas makes of an aggregate, by application.
  private static func expected(_ name: String) throws -> [Double?] {
    let bytes = try Data(contentsOf: URL(filePath: fixture + "/expected.json"))
    let document = try JSONSerialization.jsonObject(with: bytes) as? [String: [String: Any]]
    return (document ?? [:]).values.map { $0[name] as? Double }
  }

  @Test("One command takes all rows of several tables both ways and compares the bits")
  func bothWays() throws {
    try withTemporaryDirectory { folder in
      let lines = try String(contentsOfFile: Self.table, encoding: .utf8).split(separator: "\n")
      let unlabelled = lines.map { $0.split(separator: ",").prefix(2).joined(separator: ",") }
      try Data((unlabelled.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: folder + "/new.csv"))
      let outcome = try Program.run(
        [
          "pipeline", "transform", "--pipeline", Self.pipeline, "--input", Self.table, "--input", "new.csv",
          "--history", Self.fixture, "--output", "features.csv", "--check-events",
        ],
        in: folder
      )
      try #require(outcome.status == 0, "\(outcome.errors)")
      #expect(
        outcome.errors.split(separator: "\n").count { $0.hasPrefix("24 events give the same bits") } == 2
      )
      let written = try String(contentsOfFile: folder + "/features.csv", encoding: .utf8)
        .split(separator: "\n")
      #expect(written.count == 49 && written[1...24] == written[25...48])
    }
  }

  @Test("Rows that belong to nobody and applications without rows are counted in one line a table")
  func summaries() throws {
    try withTemporaryDirectory { folder in
      let outcome = try Program.run(
        [
          "pipeline", "transform", "--pipeline", Self.pipeline, "--input", Self.table, "--history",
          Self.fixture, "--output", "features.csv",
        ],
        in: folder
      )
      let lines = outcome.errors.split(separator: "\n")
      #expect(lines.contains { $0.contains("rows without an application in the table are passed over") })
      #expect(lines.contains { $0.hasPrefix("loans: ") && $0.hasSuffix("of 24 applications have none") })
    }
  }

  @Test(
    "A disk that is full while sorting, or while writing, ends with one line and leaves nothing",
    arguments: ["sort", "write"]
  )
  func diskFull(_ place: String) throws {
    try withTemporaryDirectory { folder in
      let (rows, payments) = (place == "sort" ? 20_000 : 24, folder + "/history")
      try FileManager.default.createDirectory(atPath: payments, withIntermediateDirectories: true)
      try Data(Self.bookPipeline.utf8).write(to: URL(filePath: folder + "/pipeline.yaml"))
      try Data(Self.book(rows: place == "sort" ? 24 : 20_000).utf8).write(
        to: URL(filePath: folder + "/in.csv")
      )
      let history = (0..<rows).map { "A\($0 % 24),\($0 % 977 - 1_000),\($0 * 7 % 991)" }
      try Data((["ID,DAYS,PAID"] + history + [""]).joined(separator: "\n").utf8)
        .write(to: URL(filePath: payments + "/payments.csv"))
      let before = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
      // No file may grow beyond 16 blocks: writing fails as on a full disk, without a disk to fill.
      let script = "ulimit -f 16; trap '' XFSZ; exec \"$0\" \"$@\""
      let outcome = try Program.run(
        [
          "pipeline", "transform", "--pipeline", "pipeline.yaml", "--input", "in.csv", "--history", "history",
          "--history-memory", "1", "--output", "features.csv",
        ],
        in: folder,
        through: ["/bin/sh", "-c", script]
      )
      #expect(outcome.status == 73, "\(outcome.errors)")
      let message = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("creditstream: ") }
      #expect(message.count == 1 && message.first?.contains("File too large") == true, "\(outcome.errors)")
      #expect(message.first?.contains(place == "sort" ? "sorted here" : "features.csv") == true)
      #expect(try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() == before)
    }
  }

  private static let bookPipeline = """
    pipeline: payments
    version: 1
    id: ID
    fields: {AMOUNT: number}
    history:
      payments:
        time: DAYS
        fields: {DAYS: number, PAID: number}
        aggregates: {PAID_SUM: sum(PAID), PAID_LAST: last(PAID)}
    """

  private static func book(rows: Int) -> String {
    (["ID,AMOUNT"] + (0..<rows).map { "A\($0),\($0 * 31 % 1_009)" } + [""]).joined(separator: "\n")
  }
}
