import CreditEvents
import Settings
import Testing

@testable import FeaturePipeline

@Suite("Pipeline files")
struct PipelineFileTests {
  static func decode(_ text: String, leaving: Set<String> = []) throws -> PipelineDeclaration {
    try YAMLFile(text: text, path: "p.yaml").decode(PipelineDeclaration.self, leaving: leaving)
  }

  @Test("Every setting is read, in the order of the file")
  func everything() throws {
    let declaration = try Self.decode(
      """
      pipeline: all
      version: 3
      id: {field: NUMBER, source: row_number}
      target: {field: default payment, default: bad, repaid: 2}
      csv: {delimiter: tab, skip_lines: 1}
      fields:
        Z: number
        A:
          kind: number
          range: [-1, 2.5e3]
          missing: [365243, XNA, ""]
          impute: {constant: 3}
          log: true
          standardise: true
          missing_indicator: true
          feature: false
          label: {en: "An A", fr: "Un A"}
        SEX: {kind: category, protected: true}
        OWN: {kind: flag, labels: [N, Y], impute: 0}
        ORG: {kind: category, encode: target, smoothing: 7, categories: [1, two]}
        JOB: {kind: category, encode: one_hot, minimum_count: 2}
        OLD: {drop: constant}
        LATE: {kind: number, available: after_decision}
        AGE: {kind: number, available: at_application, monotone: decreasing}
      drop: {GONE: "why not", NEVER: 7}
      derived:
        RATIO: {expression: A / Z, monotone: increasing}
        LOGGED: {expression: "RATIO + 1", log: true, impute: median, feature: true, label: {en: "R"}}
        ONE: 1
      defaults:
        number: {impute: mean}
        flag: {missing_indicator: true}
        category: {encode: target, minimum_count: 5}
        target_encoding: {folds: 3}
      policy: {left: to others}
      """,
      leaving: ["policy"]
    )
    #expect(declaration.name == "all" && declaration.version == 3)
    #expect(declaration.idField == "NUMBER" && declaration.targetField == "default payment")
    let layout = TableLayout(
      delimiter: .character(9),
      skippedLines: 1,
      idSource: .rowNumber,
      outcomes: .init(defaulted: "bad", repaid: "2")
    )
    #expect(declaration.layout == layout)
    #expect(declaration.fields.map(\.name) == ["Z", "A", "SEX", "OWN", "ORG", "JOB", "OLD", "LATE", "AGE"])
    #expect(declaration.fields[0] == FieldDeclaration(name: "Z", kind: .number))
    let a = declaration.fields[1]
    #expect(a.range == [-1, 2500] && a.missing == ["365243", "XNA", ""] && a.isFeature == false)
    #expect(a.label == ["en": "An A", "fr": "Un A"])
    let options = NumericOptions(
      imputation: .constant(3),
      log: true,
      standardise: true,
      missingIndicator: true
    )
    #expect(a.numeric == options)
    #expect(declaration.fields[2].isProtected)
    #expect(declaration.fields[3].labels == ["N", "Y"])
    #expect(declaration.fields[3].numeric.imputation == .constant(0))
    #expect(declaration.fields[4].category == CategoryOptions(encoding: .target, smoothing: 7))
    #expect(declaration.fields[4].categories == ["1", "two"])
    #expect(declaration.fields[5].category == CategoryOptions(encoding: .oneHot, minimumCount: 2))
    #expect(declaration.fields[6].dropReason == "constant")
    #expect(declaration.fields[7].availability == .afterDecision)
    #expect(declaration.fields[8].monotonicity == .decreasing && declaration.fields[0].monotonicity == nil)
    #expect(declaration.derived.map(\.monotonicity) == [.increasing, nil, nil])
    #expect(declaration.dropped.map(\.name) == ["GONE", "NEVER"])
    #expect(declaration.derived.map(\.name) == ["RATIO", "LOGGED", "ONE"])
    #expect(declaration.derived.map(\.expression) == ["A / Z", "RATIO + 1", "1"])
    #expect(declaration.derived[1].numeric == NumericOptions(imputation: .median, log: true))
    #expect(declaration.defaults.number.imputation == .mean && declaration.defaults.number.log == false)
    #expect(declaration.defaults.flag.missingIndicator == true)
    #expect(
      declaration.defaults.category == CategoryOptions(encoding: .target, minimumCount: 5, smoothing: 20)
    )
    #expect(declaration.defaults.targetEncodingFolds == 3)
    #expect(declaration.validate().isEmpty, "\(declaration.validate())")
  }

  @Test("The columns of a table without a header are by default the id, the fields and the target")
  func columns() throws {
    let head = "pipeline: p\nversion: 1\nid: ID\ntarget: Y\nfields: {B: number, C: {drop: x}, A: flag}\n"
    #expect(try Self.decode(head).layout.columns == nil)
    #expect(try Self.decode(head + "csv: {header: true}").layout.columns == nil)
    #expect(try Self.decode(head + "csv: {header: false}").layout.columns == ["ID", "B", "C", "A", "Y"])
    let numbered = head.replacing("id: ID", with: "id: {field: ID, source: row_number}")
    #expect(try Self.decode(numbered + "csv: {header: false}").layout.columns == ["B", "C", "A", "Y"])
    let explicit = try Self.decode(head + "csv: {header: false, columns: [Y, A, B, C, ID]}")
    #expect(explicit.layout.columns == ["Y", "A", "B", "C", "ID"] && explicit.validate().isEmpty)
  }

  @Test(
    "A mistake is named with its line and a remedy",
    arguments: [
      ("fields: {}\n", "version", 1, "missing"),
      ("pipeline: p\nversion: one\nid: I\nfields: {X: number}\n", "version", 2, "whole number"),
      ("pipeline: p\nversion: 1\nid: I\nfields:\n  X: numeric\n", "fields.X", 5, "number, category or flag"),
      (
        "pipeline: p\nversion: 1\nid: I\nfields:\n  X: {kind: text}\n", "fields.X.kind", 5,
        "number, category or flag"
      ),
      (
        "pipeline: p\nversion: 1\nid: I\nfields:\n  X: {kind: number, imput: mean}\n", "fields.X.imput", 5,
        "impute"
      ),
      (
        "pipeline: p\nversion: 1\nid: I\nfields:\n  X:\n    kind: number\n    impute: mode\n",
        "fields.X.impute", 7, "none, median, mean"
      ),
      (
        "pipeline: p\nversion: 1\nid: I\nfields:\n  X: {kind: category, encode: hash}\n",
        "fields.X.encode", 5, "one_hot, target"
      ),
      (
        "pipeline: p\nversion: 1\nid: I\nfields: {X: number}\ncsv: {delimiter: ab}\n", "csv.delimiter", 5,
        "whitespace"
      ),
      (
        "pipeline: p\nversion: 1\nid: I\nfields: {X: number}\ncsv: {columns: [X]}\n", "csv.columns", 5,
        "header: false"
      ),
      (
        "pipeline: p\nversion: 1\nid: {field: I, source: x}\nfields: {X: number}\n", "id.source", 3,
        "row_number"
      ),
      (
        "pipeline: p\nversion: 1\nid: I\nfields: {X: number}\nderived: {D: {log: true}}\n", "derived.D", 5,
        "expression"
      ),
      (
        "pipeline: p\nversion: 1\nid: I\nfields:\n  X: {kind: number, monotone: up}\n", "fields.X.monotone",
        5,
        "increasing or decreasing"
      ),
      (
        "pipeline: p\nversion: 1\nid: I\nfields:\n  X: {kind: number, available: later}\n",
        "fields.X.available", 5, "at_application or after_decision"
      ),
      ("pipeline: p\nversion: 1\nid: I\nfields: {X: number}\nextra: 1\n", "extra", 5, "unknown key"),
    ]
  )
  func mistakes(text: String, path: String, line: Int, word: String) {
    do {
      let declaration = try Self.decode(text)
      Issue.record("decoded \(declaration)")
    } catch let error as SettingsError {
      let message = error.description
      if path != "version" || line > 1 { #expect(message.contains("p.yaml:\(line):"), "\(message)") }
      #expect(message.contains(word), "\(message)")
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test("A contradiction is found after decoding and put in its line")
  func contradictions() throws {
    let text = "pipeline: p\nversion: 1\nid: I\nfields:\n  X: number\nderived:\n  D: X +\n  E: D * Z\n"
    let file = try YAMLFile(text: text, path: "p.yaml")
    let problems = try file.decode(PipelineDeclaration.self).validate()
    #expect(problems.map { "\(file.position(of: $0.path))" } == ["p.yaml:7:3"])
    #expect(problems.first?.message.hasPrefix("column 4: ") == true)
  }
}
