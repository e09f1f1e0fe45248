import Foundation
import TestSupport
import Testing

/// `creditstream train --experiment` and `creditstream explain` from outside.
@Suite("Experiment and explanation", .timeLimit(.minutes(10)))
struct ExperimentCommandTests {
  private static let experiment = """
    experiment: loan-book
    pipeline: pipeline.yaml
    validation: {folds: 3, holdout: 0.25}
    resampling: {methods: [none, class_weights]}
    models:
      dummy_prior: {}
      logistic_regression: {grid: {c: [0.01, 0.1]}}
      boosting: {fixed: {maximum_rounds: 40, early_stopping_rounds: 8, max_depth: 3, learning_rate: 0.2}}
    report: {bootstrap_draws: 60, explained_rows: 60}
    fairness: {SEX: {}}
    """
  private static let command = [
    "train", "--experiment", "experiment.yaml", "--registry", "models", "--data",
  ]

  private func inBook(_ body: (String) throws -> Void) throws {
    try withTemporaryDirectory { folder in
      try LoanBook.write(to: folder)
      try Data(Self.experiment.utf8).write(to: URL(filePath: folder + "/experiment.yaml"))
      try body(folder)
    }
  }

  @Test(
    "An experiment is run, registered and told; one of its decisions is explained in text, picture and JSON"
  )
  func runs() throws {
    try inBook { folder in
      let outcome = try Program.run(
        Self.command + ["train.csv", "--predictions", "seen.csv", "--metrics-json", "report.json"],
        in: folder
      )
      try #require(outcome.status == 0, "\(outcome.errors)")
      #expect(
        outcome.output.contains("chosen: boosting")
          && outcome.output.contains("registered loan-book version 1")
      )
      #expect(outcome.errors.contains("experiment 100 %"))
      let left = try FileManager.default.contentsOfDirectory(atPath: folder + "/models/.journals")
      #expect(left.isEmpty)
      let seen = try String(contentsOfFile: folder + "/seen.csv", encoding: .utf8).split(separator: "\n")
      #expect(seen.count == 901 && seen[0] == "application_id,fold,defaulted,margin")
      #expect(seen.count { $0.contains(",held_out,") } == 225)
      let card = try String(contentsOfFile: folder + "/models/loan-book/1/card.html", encoding: .utf8)
      #expect(card.contains("<h1>loan-book</h1>") && card.utf8.count < 1_000_000)
      let explain = ["explain", "--model", "models/loan-book/1", "--input", "new.csv", "--id", "A7"]
      let text = try Program.run(explain + ["--language", "en", "--svg", "why.svg"], in: folder)
      try #require(text.status == 0, "\(text.errors)")
      #expect(text.output.contains("application A7: ") && text.output.contains("Burden"))
      let picture = try String(contentsOfFile: folder + "/why.svg", encoding: .utf8)
      #expect(picture.hasPrefix("<svg xmlns=") && picture.contains("Burden"))
      let json = try Program.run(explain + ["--json"], in: folder)
      let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
      let factors = document?["factors"] as? [[String: Any]] ?? []
      let sum = factors.reduce(document?["base"] as? Double ?? .nan) {
        $0 + ($1["contribution"] as? Double ?? .nan)
      }
      #expect((sum - (document?["margin"] as? Double ?? .nan)).magnitude < 1e-4)
      let missing = try Program.run(explain.dropLast() + ["B1"], in: folder)
      #expect(missing.status == 65 && missing.errors.contains("there is no application B1 in it; check --id"))
    }
  }

  @Test(
    "Bad input is one line that says what to do, and nothing is left half-written",
    arguments: [
      ("learning_rate: 0.2", "learning_rates: 0.2", "learning_rates is no parameter of boosting; use one of"),
      ("c: [0.01, 0.1]", "c: []", "models.logistic_regression: the grid of c has no value"),
      ("folds: 3", "folds: 1", "experiment.yaml:3:14: validation.folds: 1.0 is out of bounds"),
      ("SEX", "SEXX", "the pipeline has no such field or derived feature"),
      (
        "class_weights]", "luck]", "no such choice; use one of: none, class_weights, under_sampling, smote_nc"
      ),
    ]
  )
  func bad(_ text: String, _ other: String, _ message: String) throws {
    try inBook { folder in
      let changed = Self.experiment.replacing(text, with: other)
      try Data(changed.utf8).write(to: URL(filePath: folder + "/experiment.yaml"))
      let outcome = try Program.run(Self.command + ["train.csv"], in: folder)
      #expect(outcome.status == 65 || outcome.status == 64)
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder + "/models"))
    }
  }

  @Test("A disk that is full is one line, before the work")
  func full() throws {
    try inBook { folder in
      let outcome = try Program.run(Self.command + ["train.csv", "--journal", "/dev/full"], in: folder)
      #expect(outcome.status == 65 && outcome.errors.contains("/dev/full: the journal cannot be"))
      #expect(!FileManager.default.fileExists(atPath: folder + "/models"))
    }
  }
}
