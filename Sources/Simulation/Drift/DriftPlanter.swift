import CreditEvents
public import FeaturePipeline

/// Plants a scenario into the rows of a table.
///
/// Each row and part has a draw of its own, named by the seed, so that the same rows are touched whatever else the
/// scenario does, and a row before the onset is left as it is to the bit.
public struct DriftPlanter: Sendable {
  /// The scenario.
  public let scenario: DriftScenario
  private let seed: UInt64

  /// Prepares to plant.
  ///
  /// - Parameters:
  ///   - scenario: What changes.
  ///   - seed: Decides which rows are touched.
  public init(_ scenario: DriftScenario, seed: UInt64) {
    self.scenario = scenario
    self.seed = seed
  }

  /// The fields that change, sorted, and whether outcomes do.
  public var affected: (fields: [String], outcomes: Bool) {
    (Set(scenario.parts.flatMap(\.fields)).sorted(), scenario.parts.contains(where: \.defaults))
  }

  /// Changes the rows of a table.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - onset: The first row that may change.
  /// - Returns: The table with the change; its dictionaries have the new categories after those it had.
  /// - Throws: ``SimulationError`` `schemaMismatch` when the table lacks a field or category that changes, or outcomes.
  public func planting(into table: ApplicationTable, onset: Int = 0) throws(SimulationError)
    -> ApplicationTable
  {
    var dictionaries = table.dictionaries
    var columns = table.columns
    var targets = table.targets
    for (index, part) in scenario.parts.enumerated() {
      let rows = touched(by: part, index, onset..<table.rowCount)
      for (field, factor) in part.scale.sorted(by: { $0.key < $1.key }) {
        let slot = try numberSlot(field, table.schema)
        for row in rows { columns[slot][row.index] *= 1 + (factor - 1) * row.strength }
      }
      for (field, amount) in part.shift.sorted(by: { $0.key < $1.key }) {
        let slot = try numberSlot(field, table.schema)
        for row in rows { columns[slot][row.index] += amount * row.strength }
      }
      for (field, pair) in part.swap.sorted(by: { $0.key < $1.key }) {
        let slot = try slot(field, table.schema)
        let one = try code(pair[0], slot, table.schema, dictionaries)
        let other = try code(pair[1], slot, table.schema, dictionaries)
        for row in rows {
          let value = columns[slot][row.index]
          columns[slot][row.index] = value == one ? other : value == other ? one : value
        }
      }
      for (field, text) in part.set.sorted(by: { $0.key < $1.key }) {
        let slot = try slot(field, table.schema)
        let value = try newValue(text, slot, table.schema, &dictionaries)
        for row in rows { columns[slot][row.index] = value }
      }
      for field in part.missing {
        let slot = try slot(field, table.schema)
        for row in rows { columns[slot][row.index] = .nan }
      }
      if part.defaults {
        guard targets != nil else {
          throw SimulationError(
            .schemaMismatch,
            "the scenario \(scenario.name) changes outcomes, which the table does not have; give one with them"
          )
        }
        for row in rows where targets?[row.index] == 0 { targets?[row.index] = 1 }
      }
    }
    return ApplicationTable(
      schema: table.schema,
      dictionaries: dictionaries,
      ids: table.ids,
      columns: columns,
      targets: targets
    )
  }

  private func touched(
    by part: DriftPart,
    _ index: Int,
    _ rows: Range<Int>
  ) -> [(index: Int, strength: Double)] {
    let source = RandomStream.source(seed: seed, name: "drift/\(index)")
    return rows.compactMap { row in
      var random = RandomStream(source: source, row: row)
      let strength = scenario.course.strength(at: row - rows.lowerBound)
      let share = part.isGradual ? part.share : part.share * strength
      return strength > 0 && random.unit() < share ? (row, strength) : nil
    }
  }

  private func slot(_ field: String, _ schema: ApplicationSchema) throws(SimulationError) -> Int {
    guard let slot = schema.slot(of: field) else {
      throw SimulationError(
        .schemaMismatch,
        "the scenario \(scenario.name) changes \(field), which the pipeline does not read; choose other scenarios "
          + "or declare the field"
      )
    }
    return slot
  }

  private func numberSlot(_ field: String, _ schema: ApplicationSchema) throws(SimulationError) -> Int {
    let slot = try slot(field, schema)
    guard schema.fields[slot].kind == .number else {
      throw SimulationError(
        .schemaMismatch,
        "the scenario \(scenario.name) scales or shifts \(field), which is no number"
      )
    }
    return slot
  }

  private func code(
    _ category: String,
    _ slot: Int,
    _ schema: ApplicationSchema,
    _ dictionaries: [CategoryDictionary?]
  ) throws(SimulationError) -> Double {
    let field = schema.fields[slot]
    if field.kind == .flag, let value = flag(category, field) { return value }
    guard let code = dictionaries[slot]?.code(of: category) else {
      throw SimulationError(
        .schemaMismatch,
        "the scenario \(scenario.name) swaps \"\(category)\" of \(field.name), which no row has"
      )
    }
    return Double(code)
  }

  private func newValue(
    _ text: String,
    _ slot: Int,
    _ schema: ApplicationSchema,
    _ dictionaries: inout [CategoryDictionary?]
  ) throws(SimulationError) -> Double {
    let field = schema.fields[slot]
    switch field.kind {
    case .number: if let number = Double(text), number.isFinite { return number }
    case .flag: if let value = flag(text, field) { return value }
    case .category:
      var text = text
      var dictionary = dictionaries[slot] ?? CategoryDictionary()
      let code = text.withUTF8 { dictionary.intern(utf8: $0) }
      dictionaries[slot] = dictionary
      return Double(code)
    }
    throw SimulationError(
      .schemaMismatch,
      "the scenario \(scenario.name) sets \(field.name) to \"\(text)\", which is no \(field.kind.rawValue)"
    )
  }

  private func flag(_ text: String, _ field: Field) -> Double? {
    let labels = (field.flagLabels?.off ?? "0", field.flagLabels?.on ?? "1")
    return text == labels.0 ? 0 : text == labels.1 ? 1 : nil
  }
}
