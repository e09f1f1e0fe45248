extension PipelineDeclaration: Decodable {
  /// Decodes the top level of a pipeline file.
  ///
  /// Keys that it does not ask for (training, policy) are left to others who decode from the same place.
  ///
  /// - Parameter decoder: Stands on the top-level mapping; its keys must come in the order of the file.
  /// - Throws: A `DecodingError` for a key that is absent or a value of the wrong kind; contradictions are found by
  ///   ``validate()``.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: DeclarationKey.self)
    let id = try container.decode(IDDeclaration.self, forKey: .id)
    let target = try container.decodeIfPresent(TargetDeclaration.self, forKey: .target)
    var layout = TableLayout(idSource: id.source, outcomes: target?.outcomes ?? TableLayout.Outcomes())
    let fields: [FieldDeclaration] = try container.named(.fields)
    if container.contains(.csv) {
      let csv = try container.nestedContainer(keyedBy: DeclarationKey.self, forKey: .csv)
      try layout.decode(csv)
      if try csv.decodeIfPresent(Bool.self, forKey: .header) == false, layout.columns == nil {
        let idColumn = id.source == .column && !fields.contains { $0.name == id.field } ? [id.field] : []
        layout.columns = idColumn + fields.map(\.name) + (target.map { [$0.field] } ?? [])
      }
    }
    self.init(
      name: try container.decode(String.self, forKey: .pipeline),
      version: try container.decode(Int.self, forKey: .version),
      idField: id.field,
      targetField: target?.field,
      layout: layout,
      fields: fields,
      dropped: try container.named(.drop),
      history: try container.named(.history),
      derived: try container.named(.derived),
      defaults: try container.decodeIfPresent(PipelineDefaults.self, forKey: .defaults) ?? PipelineDefaults()
    )
  }
}

extension FieldDeclaration: NamedDeclaration {}

extension DerivedDeclaration: NamedDeclaration {}

/// The value of `id`: a column, or a mapping that says where ids come from.
private struct IDDeclaration: Decodable {
  var field: String
  var source = TableLayout.IDSource.column

  init(from decoder: any Decoder) throws {
    guard let container = try? decoder.container(keyedBy: DeclarationKey.self) else {
      field = try TextScalar(from: decoder).text
      return
    }
    field = try container.decode(TextScalar.self, forKey: .field).text
    guard let text = try container.decodeIfPresent(String.self, forKey: .source) else { return }
    guard let source = TableLayout.IDSource(rawValue: text) else {
      throw container.refusal(.source, "\"\(text)\" is no source of ids; use column or row_number")
    }
    self.source = source
  }
}

/// The value of `target`: a column, or a mapping that says how it tells outcomes.
private struct TargetDeclaration: Decodable {
  var field: String
  var outcomes = TableLayout.Outcomes()

  init(from decoder: any Decoder) throws {
    guard let container = try? decoder.container(keyedBy: DeclarationKey.self) else {
      field = try TextScalar(from: decoder).text
      return
    }
    field = try container.decode(TextScalar.self, forKey: .field).text
    if let text = try container.decodeIfPresent(TextScalar.self, forKey: .defaultValue) {
      outcomes.defaulted = text.text
    }
    if let text = try container.decodeIfPresent(TextScalar.self, forKey: .repaid) {
      outcomes.repaid = text.text
    }
  }
}

extension TableLayout {
  /// Decodes the mapping under `csv` into a layout whose ids and outcomes are known.
  fileprivate mutating func decode(_ container: KeyedDecodingContainer<DeclarationKey>) throws {
    if let text = try container.decodeIfPresent(String.self, forKey: .delimiter) {
      guard let delimiter = Delimiter(text: text) else {
        throw container.refusal(
          .delimiter,
          "\"\(text)\" cannot separate cells; use one character, tab or whitespace"
        )
      }
      self.delimiter = delimiter
    }
    skippedLines = try container.decodeIfPresent(Int.self, forKey: .skipLines) ?? 0
    guard container.contains(.columns) else { return }
    guard try container.decodeIfPresent(Bool.self, forKey: .header) == false else {
      throw container.refusal(.columns, "columns are for tables without a header; add header: false")
    }
    columns = try container.texts(.columns)
  }
}
