import CreditEvents
import TestSupport
import Testing

@testable import FeaturePipeline

@Suite("Expression")
struct ExpressionTests {
  static let scope: ExpressionScope = {
    let fields = [
      Field(name: "A", kind: .number),
      Field(name: "B", kind: .number),
      Field(name: "YES", kind: .flag),
      Field(name: "JOB", kind: .category, missingTexts: ["XNA"]),
      Field(name: "SEX", kind: .category, isProtected: true),
      Field(name: "with space", kind: .number),
      Field(name: "CODE", kind: .category),
    ]
    let dictionaries: [CategoryDictionary?] = [
      nil, nil, nil, CategoryDictionary(["Cook", "Driver", "Über"]), CategoryDictionary(["F", "M"]), nil,
      CategoryDictionary(["1", "2"]),
    ]
    let sources = ["RATIO": "A / B", "TWICE": "RATIO * 2", "LOOP": "1 + POOL", "POOL": "LOOP - 1"]
    guard
      let schema = try? ApplicationSchema(
        idField: "ID",
        targetField: "TARGET",
        fields: fields,
        ignoredFields: ["DROPPED"]
      )
    else { preconditionFailure("the schema of the tests is valid") }
    let derived = sources.compactMapValues { try? Expression($0) }
    return ExpressionScope(schema: schema, dictionaries: dictionaries, derived: derived)
  }()

  /// A = 6, B = 4, YES = 1, JOB = Driver, SEX = F, with space = −2, CODE = "2".
  static let values: [Double] = [6, 4, 1, 1, 0, -2, 1]

  static func evaluate(_ source: String, _ values: [Double] = values) throws -> Double {
    try Expression(source).compiled(in: scope).evaluate(values)
  }

  @Test(
    "Formulas are computed by the usual precedence",
    arguments: [
      ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("10 - 4 - 3", 3), ("24 / 4 / 2", 3), ("-A + B", -2),
      ("2 * -3", -6), ("- -2", 2), ("--2", 2), ("+5", 5), (".5 + 1e1", 10.5), ("1.5E-1", 0.15), ("1e+2", 100),
      ("A > B", 1), ("A < B", 0), ("A >= 6 and B <= 4", 1), ("A == 6 or 1 / 0 > 1", 1), ("not A == 6", 0),
      ("not not A", 1), ("A != B", 1), ("1 + 1 == 2", 1), ("not 0 and 0", 0), ("1 or 0 and 0", 1),
      ("if(A > B, 10, 20)", 10), ("if(A < B, 10, 20)", 20), ("abs(-3)", 3), ("min(3, 1, 2)", 1),
      ("max(3, 1, 2)", 3), ("sqrt(16)", 4), ("floor(-1.5)", -2), ("log(1)", 0), ("log1p(0)", 0),
      ("exp(0)", 1),
      ("null_if(A, 5)", 6), ("coalesce(null_if(A, 6), null_if(B, 4), 9)", 9), ("is_missing(A)", 0),
      ("is_missing(1 / 0)", 1), ("YES * 3", 3), ("if(YES, 1, 2)", 1), ("`with space`", -2), ("RATIO", 1.5),
      ("TWICE + RATIO", 4.5), ("A in (5, 6)", 1), ("A in (5, 7)", 0), ("\n A\t+ 1 ", 7),
    ]
  )
  func arithmetic(source: String, expected: Double) throws {
    #expect(try Self.evaluate(source) == expected)
  }

  @Test(
    "Categories are compared with texts",
    arguments: [
      ("JOB == \"Driver\"", 1), ("JOB == 'Cook'", 0), ("JOB != \"Cook\"", 1), ("\"Driver\" == JOB", 1),
      ("JOB in (\"Cook\", \"Driver\")", 1), ("not JOB in (\"Cook\", \"Driver\")", 0), ("JOB == \"Über\"", 0),
      ("is_missing(JOB)", 0), ("CODE == \"2\"", 1), ("CODE == \"2.0\"", 1), ("JOB == ' Driver '", 1),
    ]
  )
  func categories(source: String, expected: Double) throws {
    #expect(try Self.evaluate(source) == expected)
  }

  @Test("An unseen category equals no text and is not missing")
  func unseenCategory() throws {
    var values = Self.values
    values[3] = Application.unseenCategory
    #expect(try Self.evaluate("JOB == \"Cook\"", values) == 0)
    #expect(try Self.evaluate("JOB != \"Cook\"", values) == 1)
    #expect(try Self.evaluate("is_missing(JOB)", values) == 0)
  }

  @Test(
    "What is missing stays missing, except where the other side decides",
    arguments: [
      ("A + B", nil), ("A * 0", nil), ("A > 1", nil), ("A == A", nil), ("not A", nil), ("min(A, 1)", nil),
      ("if(A > 1, 2, 3)", nil), ("A > 1 and 0", 0), ("A > 1 and 1", nil), ("A > 1 or 1", 1),
      ("A > 1 or 0", nil),
      ("coalesce(A, 7)", 7), ("null_if(A, 1)", nil), ("null_if(B, A)", 4), ("is_missing(A)", 1),
      ("JOB == \"Cook\"", nil), ("is_missing(JOB)", 1), ("abs(A)", nil), ("RATIO", nil),
      ("if(B > 1, 2, A)", 2),
    ] as [(String, Double?)]
  )
  func missing(source: String, expected: Double?) throws {
    var values = Self.values
    values[0] = .nan
    values[3] = .nan
    let result = try Self.evaluate(source, values)
    if let expected {
      #expect(result == expected)
    } else {
      #expect(result.isNaN)
    }
  }

  @Test(
    "What is undefined or infinite is missing",
    arguments: [
      "1 / 0", "0 / 0", "log(0)", "log(-1)", "log1p(-1)", "sqrt(-1)", "exp(1000)", "1e308 * 10",
      "1e308 + 1e308",
      "min(1 / 0, 3)", "-1e308 * 10",
    ]
  )
  func undefined(source: String) throws {
    #expect(try Self.evaluate(source).isNaN)
  }

  @Test("A rule holds only where its condition is true, not where it is unknown")
  func rules() throws {
    let rule = try Expression("A < 10").compiled(in: Self.scope)
    var values = Self.values
    #expect(values.withUnsafeBufferPointer { rule.holds($0) })
    values[0] = 20
    #expect(!values.withUnsafeBufferPointer { rule.holds($0) })
    values[0] = .nan
    #expect(!values.withUnsafeBufferPointer { rule.holds($0) })
  }

  @Test(
    "A mistake is named with its column",
    arguments: [
      ("", 1, .syntax), ("   ", 4, .syntax), ("A +", 4, .syntax), ("A B", 3, .syntax), ("(A", 3, .syntax),
      ("A)", 2, .syntax), ("min(A, B", 9, .syntax), ("A = 1", 3, .syntax), ("A && B", 3, .syntax),
      ("A ^ 2", 3, .syntax), ("1 < A < 3", 7, .syntax), ("\"open", 1, .syntax), ("1.2.3", 1, .syntax),
      ("0x10", 1, .syntax), ("1_000", 1, .syntax), ("1e999", 1, .syntax), ("inf + 1", 1, .unknownName),
      ("A $ 1", 3, .syntax), ("A in ()", 8, .syntax), ("A in 3", 6, .syntax), ("* 2", 1, .syntax),
      ("pow(A, 2)", 1, .unknownFunction), ("abs(A, B)", 1, .wrongArgumentCount),
      ("1 + if(A, B)", 5, .wrongArgumentCount),
      ("A + C", 5, .unknownName), ("a + 1", 1, .unknownName), ("ID + 1", 1, .unusableName),
      ("1 + TARGET", 5, .unusableName), ("DROPPED", 1, .unusableName), ("SEX == \"F\"", 1, .protectedField),
      ("A + JOB", 5, .wrongType), ("JOB", 1, .wrongType), ("\"Cook\"", 1, .wrongType),
      ("A == \"Cook\"", 3, .wrongType),
      ("JOB == 1", 5, .wrongType), ("JOB == CODE", 5, .wrongType), ("JOB > \"Cook\"", 1, .wrongType),
      ("is_missing(\"x\")", 12, .wrongType), ("JOB == \"Chef\"", 8, .unknownCategory),
      ("JOB == \"XNA\"", 8, .wrongType), ("if(A, JOB, JOB)", 7, .wrongType), ("LOOP", 1, .circular),
      ("\"é\" == JOB", 1, .unknownCategory), ("`é` + C", 1, .unknownName), ("'é' > 1", 1, .wrongType),
    ] as [(String, Int, ExpressionError.Code)]
  )
  func mistakes(source: String, column: Int, code: ExpressionError.Code) {
    do {
      let result = try Self.evaluate(source)
      Issue.record("\(source) was accepted and gave \(result)")
    } catch let error as ExpressionError {
      #expect(error.code == code, "\(source): \(error)")
      #expect(error.column == column, "\(source): \(error)")
      #expect(!error.message.isEmpty)
    } catch {
      Issue.record("\(source): \(error)")
    }
  }

  @Test("Columns count characters, not bytes")
  func columnsOfCharacters() throws {
    do {
      _ = try Self.evaluate("(JOB == \"Über\") + C")
      Issue.record("an unknown name was accepted")
    } catch let error as ExpressionError {
      #expect(error.column == 19)
    }
  }

  @Test("A misspelt name is met with a suggestion")
  func suggestion() throws {
    #expect(throws: ExpressionError.self) { try Self.evaluate("RATO") }
    do {
      _ = try Self.evaluate("1 + RATO")
    } catch let error as ExpressionError {
      #expect(error.message.contains("did you mean RATIO?"))
      #expect(error.description.hasPrefix("column 5: "))
    }
  }

  @Test("Sizes are bounded: length, nesting, tokens, and what references multiply to")
  func bounds() throws {
    let huge = [
      String(repeating: "(", count: 100) + "A" + String(repeating: ")", count: 100),
      String(repeating: "A+", count: 1500) + "A", String(repeating: " ", count: 5000),
      String(repeating: "-", count: 500) + "A", String(repeating: "not ", count: 500) + "A",
    ]
    for source in huge {
      do {
        _ = try Expression(source)
        Issue.record("accepted \(source.prefix(20))…")
      } catch {
        #expect(error.code == .tooLarge)
      }
    }
    var scope = Self.scope
    scope.derived = ["D0": try Expression("A + B")]
    for level in 1...20 { scope.derived["D\(level)"] = try Expression("D\(level - 1) + D\(level - 1)") }
    do {
      _ = try Expression("D20").compiled(in: scope)
      Issue.record("a formula of a million steps was accepted")
    } catch {
      #expect(error.code == .tooLarge)
    }
  }

  @Test("A formula tells its names, its categories and the raw fields behind it")
  func dependencies() throws {
    let expression = try Expression("TWICE + (JOB == \"Cook\") + A + (JOB in (\"Driver\", 'Pilot'))")
    #expect(expression.names == ["TWICE", "JOB", "A"])
    #expect(expression.categoryLiterals.map(\.category) == ["Cook", "Driver", "Pilot"])
    let compiled = try Expression("TWICE + (JOB == \"Cook\")").compiled(in: Self.scope)
    #expect(compiled.slots == [0, 1, 3])
  }

  @Test("The operators agree with Swift on random formulas")
  func randomFormulas() throws {
    let seed: UInt64 = 4711
    var source = SplitMix64(seed: seed)
    for _ in 0..<500 {
      let (text, expected) = Self.randomFormula(depth: 4, &source)
      let result = try Self.evaluate(text)
      #expect(result == expected || (result.isNaN && !expected.isFinite), "seed \(seed): \(text)")
    }
  }

  @Test("Random tokens are a formula or a mistake with a column within the text", arguments: 0..<20)
  func randomTokens(seed: UInt64) {
    let tokens = [
      "A", "B", "JOB", "RATIO", "LOOP", "C", "1", "0.5", "\"Cook\"", "'é'", "+", "-", "*", "/", "(", ")", ",",
      "==", "<",
      "in", "and", "or", "not", "min(", "if(", "is_missing(", "null_if(", "\"", "`", " ", "\n", "=", "@",
      "9e999",
    ]
    var source = SplitMix64(seed: seed)
    for _ in 0..<300 {
      let count = Int.random(in: 1...14, using: &source)
      let text = (0..<count).compactMap { _ in tokens.randomElement(using: &source) }.joined(separator: " ")
      do {
        let result = try Expression(text).compiled(in: Self.scope).evaluate(Self.values)
        #expect(!result.isInfinite, "seed \(seed): \(text)")
      } catch {
        #expect((1...text.count + 1).contains(error.column), "seed \(seed): \(text): \(error)")
      }
    }
  }

  private static func randomFormula(depth: Int, _ source: inout SplitMix64) -> (String, Double) {
    if depth == 0 || Int.random(in: 0..<4, using: &source) == 0 {
      let number = Double(Int.random(in: 1...99, using: &source)) / 4
      return Bool.random(using: &source) ? ("A", 6) : ("\(number)", number)
    }
    let left = randomFormula(depth: depth - 1, &source)
    let right = randomFormula(depth: depth - 1, &source)
    switch Int.random(in: 0..<5, using: &source) {
    case 0: return ("(\(left.0) + \(right.0))", left.1 + right.1)
    case 1: return ("(\(left.0) - \(right.0))", left.1 - right.1)
    case 2: return ("(\(left.0) * \(right.0))", left.1 * right.1)
    case 3: return ("max(\(left.0), \(right.0))", max(left.1, right.1))
    default: return ("-(\(left.0))", -left.1)
    }
  }
}
