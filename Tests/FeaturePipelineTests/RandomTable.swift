import CreditEvents
import TestSupport

@testable import FeaturePipeline

/// Random declarations and tables for property tests.
enum RandomTable {
  static let categories = ["", "A", "B b", "Ç", "D=1", "E", "\"F\"", "Ge", "0", "12"]

  /// A declaration that uses every kind of field and every option somewhere.
  static func declaration(_ source: inout SplitMix64) -> PipelineDeclaration {
    let imputations: [Imputation] = [.none, .median, .mean, .constant(-0.5)]
    func numeric(isFlag: Bool) -> NumericOptions {
      NumericOptions(
        imputation: imputations.randomElement(using: &source),
        log: isFlag ? nil : Bool.random(using: &source),
        standardise: isFlag ? nil : Bool.random(using: &source),
        missingIndicator: Bool.random(using: &source)
      )
    }
    var fields: [FieldDeclaration] = []
    for index in 0..<Int.random(in: 3...8, using: &source) {
      var field = FieldDeclaration(name: "N\(index)", kind: .number)
      field.numeric = numeric(isFlag: false)
      fields.append(field)
    }
    var flag = FieldDeclaration(name: "FLAG", kind: .flag)
    flag.numeric = numeric(isFlag: true)
    fields.append(flag)
    for index in 0..<3 {
      var field = FieldDeclaration(name: "C\(index)", kind: .category)
      field.category = CategoryOptions(
        encoding: index == 0
          ? .target : index == 1 ? .oneHot : CategoryEncoding.allCases.randomElement(using: &source),
        minimumCount: Int.random(in: 1...10, using: &source),
        smoothing: Double.random(in: 0...30, using: &source)
      )
      fields.append(field)
    }
    var secret = FieldDeclaration(name: "SECRET", kind: .category)
    secret.isProtected = true
    fields.append(secret)
    var silent = FieldDeclaration(name: "SILENT", kind: .number)
    silent.isFeature = false
    fields.append(silent)
    fields.shuffle(using: &source)
    return PipelineDeclaration(
      name: "random",
      idField: "ID",
      targetField: "Y",
      fields: fields,
      dropped: [DroppedDeclaration(name: "GONE", reason: "for the test")],
      derived: [
        DerivedDeclaration(name: "RATIO", expression: "N0 / (1 + abs(N1))", numeric: numeric(isFlag: false)),
        DerivedDeclaration(name: "RULE", expression: "C1 == 'A' or RATIO > SILENT", isFeature: false),
        DerivedDeclaration(name: "MIX", expression: "if(RULE, log1p(abs(N2)), coalesce(N1, FLAG))"),
      ]
    )
  }

  /// Rows for a declaration, with missing and extreme values.
  static func table(_ declaration: PipelineDeclaration, rows: Int, _ source: inout SplitMix64) throws
    -> ApplicationTable
  {
    let schema = try declaration.schema()
    let texts = categories.shuffled(using: &source)
    let dictionaries = schema.fields.map { $0.kind == .category ? CategoryDictionary(texts) : nil }
    var table = ApplicationTable(schema: schema, dictionaries: dictionaries, hasTargets: true)
    for row in 0..<rows {
      let values = schema.fields.map { value(of: $0.kind, row: row, &source) }
      let target = Int.random(in: 0..<20, using: &source)
      table.append(
        Application(id: "\(row)", values: values),
        target: target == 0 ? .nan : target < 6 ? 1 : 0
      )
    }
    return table
  }

  private static func value(of kind: Field.Kind, row: Int, _ source: inout SplitMix64) -> Double {
    // The first row has a value everywhere, so that every statistic exists.
    if row > 0, Int.random(in: 0..<5, using: &source) == 0 { return .nan }
    switch kind {
    case .flag: return Bool.random(using: &source) ? 1 : 0
    case .category: return Double(Int.random(in: 0..<categories.count, using: &source))
    case .number:
      switch Int.random(in: 0..<20, using: &source) {
      case 0 where row > 0: return -1
      case 1 where row > 0: return -5
      case 2: return 1e-300
      case 3: return 3e7
      case 4: return 0
      default: return Double.random(in: -0.9...100, using: &source)
      }
    }
  }
}
