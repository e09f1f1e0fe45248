import Foundation
import TestSupport
import Testing

/// The program from outside: what it prints, writes and ends with.
@Suite("Command line", .timeLimit(.minutes(10)))
struct CommandLineTests {
  @Test(
    "Train, list, show, predict and stream a table: every row decided once, with the bits of the file path"
  )
  func trainPredictStream() throws {
    try withTemporaryDirectory { folder in
      try LoanBook.write(to: folder)
      let train = try Program.run(
        ["train", "--pipeline", "pipeline.yaml", "--data", "train.csv", "--registry", "models", "--json"],
        in: folder
      )
      try #require(train.status == 0, "\(train.errors)")
      #expect(train.output.contains("\"model\""))
      let list = try Program.run(["model", "list", "--registry", "models"], in: folder)
      #expect(list.output.contains("loan-book") && list.output.contains("usable"))
      let show = try Program.run(["model", "show", "loan-book", "1", "--registry", "models"], in: folder)
      #expect(show.status == 0 && show.output.contains("golden vectors agree"))

      let predict = try Program.run(
        [
          "predict", "--model", "models/loan-book/1", "--input", "new.csv", "--output", "out.csv",
          "--reasons",
        ],
        in: folder
      )
      try #require(predict.status == 0, "\(predict.errors)")
      let predicted = try String(contentsOfFile: folder + "/out.csv", encoding: .utf8).split(separator: "\n")
      #expect(predicted.count == 301)
      #expect(predicted[0].hasPrefix("application_id,probability_of_default,margin,outcome"))

      let demo = try Program.run(
        ["demo", "--model", "models/loan-book/1", "--data", "new.csv", "--decisions", "decisions.ndjson"],
        in: folder
      )
      try #require(demo.status == 0, "\(demo.errors)")
      #expect(demo.output.contains("300 equal to the path of files to the bit, 0 not"))
      let decisions = try String(contentsOfFile: folder + "/decisions.ndjson", encoding: .utf8)
      #expect(decisions.split(separator: "\n").count == 300)
      #expect(decisions.contains("TOO_MUCH"))
    }
  }

  @Test("The same data and seed give the same identity; the next version is 2")
  func trainingIsDeterministic() throws {
    try withTemporaryDirectory { folder in
      try LoanBook.write(to: folder)
      let arguments = ["train", "--pipeline", "pipeline.yaml", "--data", "train.csv", "--registry", "models"]
      let identities = try (0..<2).map { _ in
        let outcome = try Program.run(arguments, in: folder)
        return outcome.output.split(separator: "\n").first { $0.hasPrefix("identity") }
      }
      #expect(identities[0] != nil && identities[0] == identities[1])
      #expect(FileManager.default.fileExists(atPath: folder + "/models/loan-book/2/manifest.json"))
    }
  }

  @Test("A simulated demo answers every application once, spoilt ones with a dead letter")
  func simulatedDemo() throws {
    let outcome = try Program.run(["demo", "--training-count", "800", "--count", "600", "--flaws", "0.05"])
    try #require(outcome.status == 0, "\(outcome.output)\n\(outcome.errors)")
    let rows = outcome.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(rows.contains(["published", "600"]))
    #expect(rows.contains(["answered", "once", "600"]))
    #expect(rows.contains(["unanswered", "0"]))
    #expect(rows.contains(["answered", "twice", "0"]))
    let deadLetters = rows.first { $0.starts(with: ["dead", "letters"]) }
    #expect(deadLetters?.count ?? 0 > 3, "no dead letter among 5 % spoilt records")
  }

  @Test(
    "Bad input ends with one line that says where, and the documented code",
    arguments: [
      (["train", "--pipeline", "absent.yaml", "--data", "train.csv", "--registry", "m"], 64, "absent.yaml"),
      (["train", "--pipeline", "typo.yaml", "--data", "train.csv", "--registry", "m"], 64, "typo.yaml:4"),
      (
        ["train", "--pipeline", "pipeline.yaml", "--data", "ragged.csv", "--registry", "m"], 65,
        "ragged.csv:3"
      ),
      (
        ["train", "--pipeline", "pipeline.yaml", "--data", "absent.csv", "--registry", "m"], 65, "absent.csv"
      ),
      (["predict", "--model", "absent", "--input", "new.csv", "--output", "o.csv"], 65, "absent"),
      (["model", "run", "--file", "absent", "--matrix", "new.csv", "--output", "o.csv"], 66, "absent"),
      (["score", "--settings", "absent.yaml"], 64, "absent.yaml"),
      (["demo", "--flaws", "2"], 64, "share"),
      (["publish", "--input", "x", "--imput", "y"], 64, "imput"),
    ]
  )
  func badInput(_ arguments: [String], _ status: Int, _ words: String) throws {
    try withTemporaryDirectory { folder in
      try LoanBook.write(to: folder)
      let typo = LoanBook.pipeline.replacing("target: {field", with: "target: {feild")
      try Data(typo.utf8).write(to: URL(filePath: folder + "/typo.yaml"))
      try Data("ID,INCOME,AMOUNT,PURPOSE,OWNER,SEX,BAD\nA,1,2,x,Y,F,0\nB,1,2\n".utf8)
        .write(to: URL(filePath: folder + "/ragged.csv"))
      let before = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      let outcome = try Program.run(arguments, in: folder)
      #expect(outcome.status == Int32(status), "\(outcome.errors)")
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == before,
        "something was left"
      )
    }
  }

  @Test("A bundle of which one byte was changed is refused by name")
  func changedBundle() throws {
    try withTemporaryDirectory { folder in
      try LoanBook.write(to: folder)
      let train = try Program.run(
        ["train", "--pipeline", "pipeline.yaml", "--data", "train.csv", "--registry", "models"],
        in: folder
      )
      try #require(train.status == 0)
      let file = URL(filePath: folder + "/models/loan-book/1/policy.json")
      var bytes = try Data(contentsOf: file)
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: file)
      let show = try Program.run(["model", "show", "loan-book", "1", "--registry", "models"], in: folder)
      #expect(show.status == 65 && show.errors.contains("policy.json"))
      let list = try Program.run(["model", "list", "--registry", "models"], in: folder)
      #expect(list.status == 0 && list.output.contains("refused"))
    }
  }

  @Test(
    "Every command has help with an example",
    arguments: [
      ["demo"], ["explore"], ["train"], ["predict"], ["publish"], ["simulate"], ["score"], ["model", "list"],
      ["drift", "compare"], ["drift", "evaluate"], ["simulate", "drift"], ["simulate", "stream"],
      ["model", "show"],
      ["model", "activate"], ["model", "rollback"], ["model", "run"],
    ]
  )
  func help(_ command: [String]) throws {
    let outcome = try Program.run(command + ["--help"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Example:"))
  }
}
