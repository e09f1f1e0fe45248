public import CreditEvents
public import FeaturePipeline

extension Simulator {
  /// Applications with their outcomes as a table to train on.
  ///
  /// The cells are what reading a file of the same applications would give: the fields of the schema asked for,
  /// categories coded in the order in which they first occur.
  ///
  /// - Parameters:
  ///   - rows: The numbers of the applications.
  ///   - schema: The fields to show; a pipeline's, for example.
  /// - Returns: One row for each application; the target is 1 for a default.
  /// - Throws: ``SimulationError`` when the schema has a field that is not simulated, or of another kind.
  public func table(_ rows: Range<Int>, as schema: ApplicationSchema) throws(SimulationError)
    -> ApplicationTable
  {
    guard schema.histories.isEmpty else {
      throw SimulationError(
        .schemaMismatch,
        "the pipeline reads history tables, which the simulation \"\(name)\" does not have; use one without history"
      )
    }
    var columns: [TableColumn] = []
    for field in schema.fields {
      guard let slot = self.schema.slot(of: field.name) else {
        throw SimulationError(
          .schemaMismatch,
          "the simulation \"\(name)\" has no field \(field.name); declare it there or drop it in the pipeline"
        )
      }
      let categories = dictionaries[slot]?.categories ?? []
      columns.append(TableColumn(field, from: self.schema.fields[slot], slot: slot, categories: categories))
    }
    var ids: [String] = []
    var targets: [Double] = []
    for index in rows {
      let simulated = application(index)
      ids.append(simulated.application.id)
      targets.append(simulated.isDefault ? 1 : 0)
      for column in columns.indices {
        try columns[column].append(simulated.application.values[columns[column].slot])
      }
    }
    return ApplicationTable(
      schema: schema,
      dictionaries: columns.map(\.dictionary),
      ids: ids,
      columns: columns.map(\.values),
      targets: targets
    )
  }
}

/// A column of a table that grows from simulated values, read as its field would read them from a file.
private struct TableColumn {
  let slot: Int
  private(set) var dictionary: CategoryDictionary?
  private(set) var values: [Double] = []
  private let parser: FieldParser
  private let source: Field
  private let categories: [String]
  /// What each simulated category or flag is in this column, as far as it has occurred.
  private var translations: [Double?]

  init(_ field: Field, from source: Field, slot: Int, categories: [String]) {
    self.slot = slot
    self.source = source
    self.categories = categories
    parser = FieldParser(field)
    dictionary = field.kind == .category ? CategoryDictionary() : nil
    translations = Array(repeating: nil, count: source.kind == .category ? categories.count : 2)
  }

  mutating func append(_ value: Double) throws(SimulationError) {
    guard value == value else { return values.append(value) }
    guard source.kind != .number else { return values.append(try translated(value)) }
    let code = Int(value)
    if translations[code] == nil { translations[code] = try translated(value) }
    values.append(translations[code] ?? .nan)
  }

  private mutating func translated(_ value: Double) throws(SimulationError) -> Double {
    var dictionary = dictionary ?? CategoryDictionary()
    defer { if self.dictionary != nil { self.dictionary = dictionary } }
    let text: String? =
      switch source.kind {
      case .category: categories[Int(value)]
      case .flag: source.flagLabels.map { value == 0 ? $0.off : $0.on }
      case .number: nil
      }
    do throws(FieldProblem) {
      guard var text else {
        return try parser.value(ofNumber: value) { dictionary.intern(utf8: $0) }
      }
      let result: Result<Double, FieldProblem> = text.withUTF8 { utf8 in
        do throws(FieldProblem) {
          return .success(try parser.value(ofString: utf8) { dictionary.intern(utf8: $0) })
        } catch {
          return .failure(error)
        }
      }
      return try result.get()
    } catch {
      let field = parser.field
      throw SimulationError(
        .schemaMismatch,
        "the simulated field \(field.name) does not fit a \(field.kind.rawValue) (\(error)); "
          + "declare both alike"
      )
    }
  }
}
