import CreditEvents
import CreditScoring
import FeaturePipeline
import ModelRegistry
import TestSupport
import Testing

@testable import ModelTraining

@Suite("Selection", .timeLimit(.minutes(5)))
struct FeatureSelectionTests {
  /// The synthetic loans with five more fields, each fit for one rule.
  static func declaration(_ selection: SelectionDeclaration) -> TrainingDeclaration {
    var declaration = SyntheticLoans.declaration()
    for name in ["empty", "constant", "double_amount", "noise"] {
      declaration.pipeline.fields.append(FieldDeclaration(name: name, kind: .number))
    }
    // A median that nothing could be learnt from must not stop a training that leaves the field out.
    declaration.pipeline.fields[5].numeric.imputation = .median
    declaration.pipeline.fields.append(FieldDeclaration(name: "same_trade", kind: .category))
    declaration.selection = selection
    return declaration
  }

  static func table(rows: Int, seed: UInt64) throws -> ApplicationTable {
    let loans = try SyntheticLoans.table(rows: rows, seed: seed)
    var generator = SeededGenerator(seed: seed &+ 100)
    let trades = SyntheticLoans.trades.map { "as \($0)" }
    return ApplicationTable(
      schema: try declaration(SelectionDeclaration()).pipeline.schema(),
      dictionaries: loans.dictionaries + [nil, nil, nil, nil, CategoryDictionary(trades)],
      ids: loans.ids,
      columns: loans.columns + [
        loans.ids.map { _ in .nan },
        loans.ids.indices.map { $0 == 7 ? 1 : 0 },
        loans.columns[0].map { $0 * $0 + 3 },
        loans.ids.map { _ in Double(generator.next() >> 11) },
        loans.columns[4],
      ],
      targets: loans.targets
    )
  }

  static var rules: SelectionDeclaration {
    var rules = SelectionDeclaration()
    rules.missingShare = 0.9
    rules.nearZeroVariance = 0.99
    rules.correlation = 0.98
    return rules
  }

  @Test("Each rule leaves out what it is made for, with its figures, and scorers compute what is left")
  func filters() throws {
    let declaration = Self.declaration(Self.rules)
    let model = try TrainingRun(declaration: declaration, table: Self.table(rows: 400, seed: 3)).run()
    let omitted = model.pipeline.omitted
    #expect(omitted.map(\.name) == ["empty", "constant", "double_amount", "same_trade"])
    #expect(omitted.map(\.rule) == [.missingShare, .nearZeroVariance, .correlation, .correlation])
    #expect(omitted[0].reason == "missing in 100.00 % of the training rows, more than 90.00 %")
    #expect(omitted[1].reason == "the same value in 99.75 % of the training rows, more than 99.00 %")
    #expect(
      omitted[2].reason
        == "Spearman's correlation 1.0000 with amount, which tells more about the outcome and is kept"
    )
    #expect(omitted[3].reason.hasPrefix("Cramér's V 1.0000 with trade"))
    let names = model.pipeline.features.map(\.name)
    #expect(names == ["amount", "income", "rating", "owner", "trade default rate", "noise", "burden"])
    // Two repeats of three folds: each made its own selection.
    #expect(model.report.omissions.map(\.foldCount) == [6, 6, 6, 6])
    let json = String(decoding: model.report.encoded(), as: UTF8.self)
    for feature in omitted {
      #expect(json.contains("\"name\": \"\(feature.name)\"") && json.contains(feature.reason))
    }
    try withTemporaryDirectory { directory in
      let bundle = try model.register(in: ModelRegistry(root: directory))
      #expect(bundle.model.pipeline.omitted == omitted)
      #expect(bundle.model.pipeline == model.pipeline)
    }
  }

  @Test("Under permutation noise goes and what decides stays, the same for the same seed")
  func importance() throws {
    var rules = Self.rules
    rules.importance = SelectionDeclaration.Importance(least: 0.002, repeats: 2, parts: 5)
    let declaration = Self.declaration(rules)
    let table = try Self.table(rows: 1_500, seed: 5)
    let models = try (0..<2).map { _ in
      try TrainingRun(declaration: declaration, table: table).run().pipeline
    }
    #expect(models[0] == models[1])
    let byImportance = models[0].omitted.filter { $0.rule == .importance }
    #expect(byImportance.contains { $0.name == "noise" })
    #expect(
      byImportance.allSatisfy { $0.reason.hasPrefix("shuffled, it changes the log loss on unseen rows by") }
    )
    let kept = Set(models[0].features.map(\.group))
    #expect(kept.isSuperset(of: ["rating", "burden"]))
  }

  @Test("A reason whose groups are all left out is no reason any more, and one of several goes on")
  func reasons() throws {
    var declaration = Self.declaration(Self.rules)
    declaration.policy.reasons = [
      "EMPTY": .init(groups: ["empty"], texts: ["en": "Empty", "fr": "Vide"]),
      "SIZE": .init(groups: ["amount", "double_amount"], texts: ["en": "Size", "fr": "Taille"]),
    ]
    let model = try TrainingRun(declaration: declaration, table: Self.table(rows: 300, seed: 6)).run()
    let reasons = model.policy.reasons
    #expect(!reasons.contains { $0.code == "EMPTY" })
    #expect(reasons.first { $0.code == "SIZE" }?.groups == ["amount"])
  }

  @Test("A selection that leaves nothing is an error with the remedy")
  func nothingLeft() throws {
    var rules = Self.rules
    rules.importance = SelectionDeclaration.Importance(least: 1)
    let error = #expect(throws: TrainingError.self) {
      try TrainingRun(declaration: Self.declaration(rules), table: Self.table(rows: 300, seed: 7)).run()
    }
    #expect(error?.code == .nothingSelected)
    #expect(error?.message.contains("relax the rules under selection") == true)
  }

  @Test("Without rules nothing is left out")
  func noRules() throws {
    let model = try TrainingRun(
      declaration: SyntheticLoans.declaration(),
      table: SyntheticLoans.table(rows: 300, seed: 1)
    ).run()
    #expect(model.pipeline.omitted.isEmpty && model.report.omissions.isEmpty)
  }

  @Test("Aggregates of history are left out by the same rules, and no feature is made of them")
  func aggregates() throws {
    var declaration = SyntheticLoans.declaration()
    declaration.selection = Self.rules
    declaration.pipeline.history = [
      HistoryDeclaration(
        name: "payments",
        fields: [FieldDeclaration(name: "paid", kind: .number)],
        aggregates: [
          AggregateDeclaration(
            name: "never",
            aggregate: "last(paid)",
            numeric: NumericOptions(imputation: .median)
          ),
          AggregateDeclaration(name: "often", aggregate: "count"),
          AggregateDeclaration(name: "often_again", aggregate: "distinct(paid)"),
          AggregateDeclaration(name: "unused", aggregate: "min(paid)", isFeature: false),
        ]
      )
    ]
    let loans = try SyntheticLoans.table(rows: 400, seed: 4)
    let often = loans.columns[0].map { Double(Int($0) % 13) }
    let missing = [Double](repeating: .nan, count: loans.rowCount)
    let table = ApplicationTable(
      schema: try declaration.pipeline.schema(),
      dictionaries: loans.dictionaries + [nil, nil, nil, nil],
      ids: loans.ids,
      columns: loans.columns + [missing, often, often, missing],
      targets: loans.targets
    )
    let pipeline = try TrainingRun(declaration: declaration, table: table).run().pipeline
    #expect(pipeline.omitted.map(\.rule) == [.missingShare, .correlation])
    #expect(pipeline.omitted.first?.name == "never")
    let kept = Set(pipeline.features.map(\.group)).intersection(["never", "often", "often_again", "unused"])
    let left = pipeline.omitted.last?.name == "often" ? "often_again" : "often"
    #expect(kept == [left])
  }
}
