import CreditEvents
import Testing

@testable import FeaturePipeline

@Suite("PipelineDeclaration")
struct PipelineDeclarationTests {
  static func valid() -> PipelineDeclaration {
    PipelineDeclaration(
      name: "test-1.a",
      idField: "ID",
      targetField: "Y",
      fields: [
        FieldDeclaration(name: "X", kind: .number), FieldDeclaration(name: "FLAG", kind: .flag),
        FieldDeclaration(name: "KIND", kind: .category),
      ],
      dropped: [DroppedDeclaration(name: "GONE", reason: "constant")],
      derived: [DerivedDeclaration(name: "D", expression: "X + 1")]
    )
  }

  typealias Change = @Sendable (inout PipelineDeclaration) -> Void

  /// One contradiction each: what is changed, the place and a word of the message.
  static let contradictions: [(Change, [String], String)] = [
    ({ $0.name = "" }, ["pipeline"], "letters"), ({ $0.name = "a b" }, ["pipeline"], "letters"),
    ({ $0.name = "../x" }, ["pipeline"], "letters"), ({ $0.version = 0 }, ["version"], "from 1"),
    ({ $0.layout.outcomes.repaid = "1" }, ["target"], "same text"),
    ({ $0.layout.skippedLines = -1 }, ["csv", "skip_lines"], "0 or more"),
    ({ $0.layout.columns = ["ID", "X", "FLAG"] }, ["csv", "columns"], "KIND"),
    ({ $0.layout.columns = ["ID", "X", "FLAG", "KIND", "WHAT"] }, ["csv", "columns"], "WHAT"),
    ({ $0.layout.columns = ["ID", "X", "FLAG", "KIND", "X"] }, ["csv", "columns"], "twice"),
    ({ $0.layout.columns = ["X", "FLAG", "KIND"] }, ["csv", "columns"], "ID"),
    ({ $0.fields[0].kind = nil }, ["fields", "X"], "kind"),
    ({ $0.fields[0].range = [2, 1] }, ["fields", "X", "range"], "least"),
    ({ $0.fields[0].range = [1] }, ["fields", "X", "range"], "least"),
    ({ $0.fields[0].range = [0, .infinity] }, ["fields", "X", "range"], "least"),
    ({ $0.fields[1].range = [0, 1] }, ["fields", "FLAG", "range"], "only numbers"),
    ({ $0.fields[0].labels = ["a", "b"] }, ["fields", "X", "labels"], "only flags"),
    ({ $0.fields[1].labels = ["a", "a"] }, ["fields", "FLAG", "labels"], "off and on"),
    ({ $0.fields[0].category.encoding = .target }, ["fields", "X"], "for categories"),
    ({ $0.fields[0].categories = ["a"] }, ["fields", "X", "categories"], "only categories"),
    ({ $0.fields[2].numeric.log = true }, ["fields", "KIND"], "for numbers"),
    ({ $0.fields[1].numeric.standardise = true }, ["fields", "FLAG"], "for numbers"),
    ({ $0.fields[0].numeric.imputation = .constant(.nan) }, ["fields", "X", "impute"], "finite"),
    (
      { $0.fields[0].numeric = NumericOptions(imputation: .constant(-1), log: true) },
      ["fields", "X", "impute"], "log"
    ),
    ({ $0.fields[2].category.minimumCount = 0 }, ["fields", "KIND", "minimum_count"], "1 or more"),
    ({ $0.fields[2].category.smoothing = -1 }, ["fields", "KIND", "smoothing"], "0 or more"),
    ({ $0.fields[2].category.smoothing = .infinity }, ["fields", "KIND", "smoothing"], "0 or more"),
    (
      {
        $0.fields[2].isProtected = true
        $0.fields[2].category.encoding = .target
      }, ["fields", "KIND", "protected"], "never a feature"
    ),
    (
      {
        $0.fields[0].dropReason = "why"
        $0.fields[0].range = [0, 1]
      }, ["fields", "X", "drop"], "not read"
    ),
    (
      {
        $0.fields[0].availability = .afterDecision
        $0.fields[0].numeric.imputation = .median
        $0.derived[0].expression = "FLAG"
      }, ["fields", "X", "available"], "never a feature"
    ),
    ({ $0.fields[0].availability = .afterDecision }, ["derived", "D"], "only after the decision"),
    ({ $0.fields[2].monotonicity = .increasing }, ["fields", "KIND", "monotone"], "one-hot"),
    (
      {
        $0.fields[1].isFeature = false
        $0.fields[1].monotonicity = .increasing
      }, ["fields", "FLAG", "monotone"], "no feature"
    ),
    (
      {
        $0.derived[0].isFeature = false
        $0.derived[0].monotonicity = .decreasing
      }, ["derived", "D", "monotone"], "no feature"
    ),
    ({ $0.defaults.targetEncodingFolds = 1 }, ["defaults", "target_encoding", "folds"], "2 to 20"),
    ({ $0.defaults.category.minimumCount = 0 }, ["defaults", "category", "minimum_count"], "1 or more"),
    ({ $0.fields[0].name = "ID" }, ["fields", "ID"], "twice"),
    ({ $0.fields[0].name = "Y" }, ["fields", "Y"], "twice"),
    ({ $0.fields[0].name = "" }, ["fields", ""], "empty"),
    ({ $0.dropped[0].name = "X" }, ["drop", "X"], "twice"),
    ({ $0.derived[0].name = "KIND" }, ["derived", "KIND"], "twice"),
    ({ $0.derived[0].expression = "X +" }, ["derived", "D"], "column 4"),
    ({ $0.derived[0].expression = "Y" }, ["derived", "D"], "target"),
    ({ $0.derived[0].expression = "GONE" }, ["derived", "D"], "dropped"),
    ({ $0.derived[0].expression = "D + 1" }, ["derived", "D"], "defined by itself"),
    (
      {
        $0.fields[2].isProtected = true
        $0.derived[0].expression = "KIND == 'a'"
      }, ["derived", "D"], "protected"
    ),
    (
      {
        for index in 0..<3 { $0.fields[index].isFeature = false }
        $0.derived[0].isFeature = false
      }, ["fields"], "becomes a feature"
    ),
  ]

  @Test("Each contradiction is named once, at its place", arguments: contradictions.indices)
  func contradiction(index: Int) {
    let (change, path, word) = Self.contradictions[index]
    var declaration = Self.valid()
    change(&declaration)
    let problems = declaration.validate()
    #expect(problems.count == 1, "\(problems)")
    #expect(problems.first?.path == path)
    #expect(problems.first?.message.contains(word) == true, "\(problems)")
  }

  @Test("A declaration without contradictions has none")
  func consistent() throws {
    var declaration = Self.valid()
    #expect(declaration.validate().isEmpty)
    #expect(try declaration.schema().fields.map(\.name) == ["X", "FLAG", "KIND"])
    declaration.derived.append(DerivedDeclaration(name: "RARE", expression: "KIND == 'never in the data'"))
    declaration.layout.columns = ["ID", "GONE", "KIND", "FLAG", "X", "Y"]
    declaration.fields[0].dropReason = "why"
    declaration.derived.removeFirst()
    #expect(declaration.validate().isEmpty)
    #expect(try declaration.schema().ignoredFields == ["X", "GONE"])
  }

  @Test("What is known only after the decision is declared and read by neither training nor scoring")
  func afterDecision() throws {
    var declaration = Self.valid()
    declaration.fields[1].availability = .afterDecision
    #expect(declaration.validate().isEmpty)
    #expect(try declaration.schema().fields.map(\.name) == ["X", "KIND"])
    #expect(try declaration.schema().ignoredFields == ["FLAG", "GONE"])
  }

  @Test("A direction holds for the feature that carries the value, not for its indicator")
  func directions() {
    var declaration = Self.valid()
    declaration.fields[0].monotonicity = .decreasing
    declaration.fields[2].category.encoding = .target
    declaration.fields[2].monotonicity = .increasing
    declaration.derived[0].monotonicity = .increasing
    func direction(_ name: String, _ group: String) -> Monotonicity? {
      declaration.monotonicity(of: Feature(name: name, group: group, fields: [group]))
    }
    #expect(declaration.validate().isEmpty)
    #expect(direction("X", "X") == .decreasing && direction("X is missing", "X") == nil)
    #expect(direction("KIND default rate", "KIND") == .increasing && direction("D", "D") == .increasing)
    #expect(direction("FLAG", "FLAG") == nil)
  }

  @Test("Labels are found for fields and derived features")
  func labels() {
    var declaration = Self.valid()
    declaration.fields[0].label = ["en": "Size"]
    declaration.derived[0].label = ["fr": "Rapport"]
    #expect(declaration.label(of: "X") == ["en": "Size"])
    #expect(declaration.label(of: "D") == ["fr": "Rapport"])
    #expect(declaration.label(of: "KIND") == [:])
  }
}
