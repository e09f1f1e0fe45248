import CreditEvents
import TestSupport
import Testing

@testable import FeaturePipeline

@Suite("Fitting")
struct PipelineFitterTests {
  /// A declaration with one number and one category.
  static func declaration(
    number: NumericOptions = NumericOptions(),
    category: CategoryOptions = CategoryOptions(),
    derived: [DerivedDeclaration] = []
  ) -> PipelineDeclaration {
    var x = FieldDeclaration(name: "X", kind: .number)
    x.numeric = number
    var kind = FieldDeclaration(name: "KIND", kind: .category)
    kind.category = category
    return PipelineDeclaration(
      name: "p",
      idField: "ID",
      targetField: "Y",
      fields: [x, kind],
      derived: derived
    )
  }

  static func table(_ x: [Double], _ kinds: [String?], targets: [Double]? = nil) throws -> ApplicationTable {
    let dictionary = CategoryDictionary(kinds.compactMap(\.self))
    return ApplicationTable(
      schema: try declaration().schema(),
      dictionaries: [nil, dictionary],
      ids: x.indices.map(String.init),
      columns: [x, kinds.map { $0.flatMap { dictionary.code(of: $0) }.map(Double.init) ?? .nan }],
      targets: targets
    )
  }

  /// Why a table is refused, if it is.
  static func refusal(_ declaration: PipelineDeclaration, _ table: ApplicationTable) -> PipelineError? {
    do {
      _ = try FittedPipeline.fit(declaration, table: table, seed: 1)
      return nil
    } catch {
      return error
    }
  }

  @Test("An empty table is refused")
  func emptyTable() throws {
    #expect(Self.refusal(Self.declaration(), try Self.table([], []))?.code == .emptyTable)
  }

  @Test("A column without any value is refused where a statistic is asked of it, and stays missing elsewhere")
  func missingColumn() throws {
    let table = try Self.table([.nan, .nan], ["a", "b"])
    let asking = [
      NumericOptions(imputation: .median), NumericOptions(imputation: .mean),
      NumericOptions(standardise: true),
    ]
    for options in asking {
      let error = Self.refusal(Self.declaration(number: options), table)
      #expect(error?.code == .noStatistic)
      #expect(error?.path == ["fields", "X", options.standardise == true ? "standardise" : "impute"])
    }
    let plain = Self.declaration(category: CategoryOptions(minimumCount: 1))
    let pipeline = try FittedPipeline.fit(plain, table: table, seed: 1)
    #expect(FittedPipelineTests.features(of: [.nan, 0], by: pipeline).first?.isNaN == true)
    let filled = Self.declaration(number: NumericOptions(imputation: .constant(0), standardise: true))
    #expect(try FittedPipeline.fit(filled, table: table, seed: 1).transform(table)[0, 0] == 0)
  }

  @Test("A constant column becomes 0 where it is standardised")
  func constantColumn() throws {
    let table = try Self.table([0.1, 0.1, 0.1], ["a", "a", "a"])
    let declaration = Self.declaration(number: NumericOptions(standardise: true))
    let matrix = try FittedPipeline.fit(declaration, table: table, seed: 1).transform(table)
    #expect(abs(matrix[0, 0]) < 1e-15)
  }

  @Test("Values too large to add are refused, values too large for single precision are clamped")
  func largeValues() throws {
    let table = try Self.table([1e308, 1e308, -1e308], ["a", "a", "a"])
    let mean = Self.declaration(number: NumericOptions(imputation: .mean))
    #expect(Self.refusal(mean, table)?.code == .noStatistic)
    let matrix = try FittedPipeline.fit(Self.declaration(), table: table, seed: 1).transform(table)
    let limit = Float.greatestFiniteMagnitude
    #expect(matrix[0, 0] == limit && matrix[2, 0] == -limit)
    let median = try FittedPipeline.fit(
      Self.declaration(number: NumericOptions(imputation: .median)),
      table: try Self.table([1e308, 1.5e308], ["a", "a"]),
      seed: 1
    )
    #expect(median.encoders.first?.encoding == .number(NumberEncoding(fill: 1.25e308)))
  }

  @Test("A hundred thousand categories are too many columns, but one rate each")
  func manyCategories() throws {
    let kinds = (0..<100_000).map { "k\($0)" }
    let table = try Self.table(
      [Double](repeating: 1, count: kinds.count),
      kinds,
      targets: kinds.indices.map { $0 % 10 == 0 ? 1 : 0 }
    )
    let oneHot = Self.declaration(category: CategoryOptions(encoding: .oneHot, minimumCount: 1))
    let error = Self.refusal(oneHot, table)
    #expect(error?.code == .tooManyCategories && error?.message.contains("encode: target") == true)

    let rare = try FittedPipeline.fit(Self.declaration(), table: table, seed: 1)
    #expect(rare.features.map(\.name) == ["X", "KIND is other"])
    let target = Self.declaration(category: CategoryOptions(encoding: .target))
    let (pipeline, matrix) = try FittedPipeline.fitTransform(target, table: table, seed: 1)
    #expect(pipeline.features.map(\.name) == ["X", "KIND default rate"])
    #expect(matrix.rowCount == 100_000 && (0..<100).allSatisfy { matrix[$0, 1] == Float(0.1) })
  }

  @Test("Rare categories share a column with unseen ones; without rare ones an unseen one is all zeros")
  func rareCategories() throws {
    let kinds = ["b", "b", "b", "a", "a", "a", "rare", nil]
    let declaration = Self.declaration(category: CategoryOptions(minimumCount: 3))
    let table = try Self.table([Double](repeating: 1, count: 8), kinds)
    let pipeline = try FittedPipeline.fit(declaration, table: table, seed: 1)
    #expect(pipeline.features.map(\.name) == ["X", "KIND=a", "KIND=b", "KIND is other", "KIND is missing"])
    #expect(pipeline.dictionaries[1]?.categories == ["a", "b", "rare"])
    #expect(FittedPipelineTests.features(of: [1, 0], by: pipeline) == [1, 1, 0, 0, 0])
    #expect(FittedPipelineTests.features(of: [1, 2], by: pipeline) == [1, 0, 0, 1, 0])
    #expect(FittedPipelineTests.features(of: [1, -1], by: pipeline) == [1, 0, 0, 1, 0])
    #expect(FittedPipelineTests.features(of: [1, .nan], by: pipeline) == [1, 0, 0, 0, 1])

    let common = Self.declaration(category: CategoryOptions(minimumCount: 1))
    let without = try FittedPipeline.fit(common, table: try Self.table([1, 1], ["a", "b"]), seed: 1)
    #expect(without.features.map(\.name) == ["X", "KIND=a", "KIND=b"])
    #expect(FittedPipelineTests.features(of: [1, -1], by: without) == [1, 0, 0])
    #expect(FittedPipelineTests.features(of: [1, .nan], by: without) == [1, 0, 0])
  }

  @Test("An unseen category gets the overall rate, and so does a missing one that never occurred")
  func unseenRates() throws {
    let table = try Self.table([1, 1, 1, 1], ["a", "a", "b", "b"], targets: [1, 1, 0, .nan])
    let declaration = Self.declaration(category: CategoryOptions(encoding: .target, smoothing: 1))
    let pipeline = try FittedPipeline.fit(declaration, table: table, seed: 1)
    let prior = Float(2.0 / 3)
    #expect(FittedPipelineTests.features(of: [1, -1], by: pipeline)[1] == prior)
    #expect(FittedPipelineTests.features(of: [1, .nan], by: pipeline)[1] == prior)
    #expect(FittedPipelineTests.features(of: [1, 0], by: pipeline)[1] == Float((2 + 2.0 / 3) / 3))
  }

  @Test("Target encoding without known outcomes is refused")
  func noOutcomes() throws {
    let declaration = Self.declaration(category: CategoryOptions(encoding: .target))
    for targets in [nil, [.nan, .nan], [1, .nan]] as [[Double]?] {
      let error = Self.refusal(declaration, try Self.table([1, 2], ["a", "b"], targets: targets))
      #expect(error?.code == .noOutcomes && error?.path == ["fields", "KIND", "encode"])
    }
  }

  @Test("Only target encodings differ between training rows and the same rows scored", arguments: 0..<10)
  func outOfFoldColumns(seed: UInt64) throws {
    var source = SplitMix64(seed: seed)
    let declaration = RandomTable.declaration(&source)
    let table = try RandomTable.table(declaration, rows: 150, &source)
    let (pipeline, matrix) = try FittedPipeline.fitTransform(declaration, table: table, seed: seed)
    #expect(try pipeline == FittedPipeline.fit(declaration, table: table, seed: seed + 1), "seed \(seed)")
    let served = try pipeline.transform(table)
    var differing: Set<String> = []
    for row in 0..<table.rowCount {
      for column in 0..<matrix.columnCount
      where matrix[row, column].bitPattern != served[row, column].bitPattern {
        differing.insert(matrix.names[column])
        #expect(table.targets?[row].isNaN == false, "seed \(seed)")
      }
    }
    #expect(!differing.isEmpty && differing.allSatisfy { $0.hasSuffix(" default rate") }, "seed \(seed)")
  }

  @Test("Fill, log and standardisation follow each other in this order")
  func orderOfSteps() throws {
    let options = NumericOptions(
      imputation: .constant(3),
      log: true,
      standardise: true,
      missingIndicator: true
    )
    let table = try Self.table([0, 7, -2, .nan], ["a", "a", "a", "a"])
    let pipeline = try FittedPipeline.fit(Self.declaration(number: options), table: table, seed: 1)
    let logs = [0, 7, 3, 3].map { PortableMath.log1p(Double($0)) }
    let mean = logs.reduce(0, +) / 4
    let deviation = (logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4).squareRoot()
    let matrix = try pipeline.transform(table)
    for row in 0..<4 {
      #expect(matrix[row, 0] == Float((logs[row] - mean) / deviation))
      #expect(matrix[row, 1] == (row < 2 ? 0 : 1))
    }
  }

  @Test("A category that only a formula or a rule names is known, and in its place")
  func namedCategories() throws {
    let derived = [DerivedDeclaration(name: "IS_C", expression: "KIND == \"c\"")]
    let pipeline = try FittedPipeline.fit(
      Self.declaration(derived: derived),
      table: try Self.table([1, 1], ["b", "d"]),
      seed: 1,
      rules: [try Expression("KIND in (\"a\", 'e') or X > 3")]
    )
    #expect(pipeline.dictionaries[1]?.categories == ["a", "b", "c", "d", "e"])
    let rule = try Expression("KIND == 'e'").compiled(in: pipeline.scope)
    #expect(rule.evaluate([1, 4]) == 1)
    #expect(pipeline.features.last == Feature(name: "IS_C", group: "IS_C", fields: ["KIND"]))
  }

  @Test("Features tell their group and the raw fields behind them")
  func groups() throws {
    let declaration = Self.declaration(
      number: NumericOptions(missingIndicator: true),
      category: CategoryOptions(minimumCount: 1),
      derived: [
        DerivedDeclaration(name: "HELP", expression: "X * 2", isFeature: false),
        DerivedDeclaration(name: "BOTH", expression: "HELP + (KIND == 'a')"),
      ]
    )
    let table = try Self.table([1, .nan], ["a", nil])
    let pipeline = try FittedPipeline.fit(declaration, table: table, seed: 1)
    #expect(
      pipeline.features == [
        Feature(name: "X", group: "X", fields: ["X"]),
        Feature(name: "X is missing", group: "X", fields: ["X"]),
        Feature(name: "KIND=a", group: "KIND", fields: ["KIND"]),
        Feature(name: "KIND is missing", group: "KIND", fields: ["KIND"]),
        Feature(name: "BOTH", group: "BOTH", fields: ["X", "KIND"]),
      ]
    )
    #expect(pipeline.scope.derived.keys.sorted() == ["BOTH", "HELP"])
  }

  @Test("A table with other fields is refused")
  func otherSchema() throws {
    let table = try Self.table([1], ["a"])
    var other = Self.declaration()
    other.fields[0].name = "Z"
    #expect(Self.refusal(other, table)?.code == .otherSchema)
    let pipeline = try FittedPipeline.fit(Self.declaration(), table: table, seed: 1)
    var narrow = Self.declaration()
    narrow.fields.removeLast()
    let schema = try narrow.schema()
    #expect(throws: PipelineError.self) {
      try pipeline.transform(ApplicationTable(schema: schema, dictionaries: [nil]))
    }
  }
}
