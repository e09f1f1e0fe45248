import CreditEvents
import FeaturePipeline
import StrictJSON

/// What one would write without a decoder of our own: parse with simdjson, make dictionaries, look values up by name.
///
/// It is written for comparison. It saves itself all checks that the decoder makes (keys that stand twice, kinds of
/// values, what is missing) and uses the same aggregates and features, so that only the way to the numbers differs.
struct DictionaryWalk {
  /// A value of a document, out of the parser's hands.
  private enum Value {
    case object([String: Value])
    case array([Value])
    case text(String)
    case number(Double)
    case nothing

    init(_ json: JSONValue) {
      switch json.kind {
      case .object:
        var members: [String: Value] = [:]
        for member in json.members { members[member.key.string] = Value(member.value) }
        self = .object(members)
      case .array: self = .array(json.elements.map { Value($0) })
      case .string: self = .text(json.string ?? "")
      case .integer, .double: self = .number(json.double ?? .nan)
      case .boolean: self = .number(json.boolean == true ? 1 : 0)
      case .null: self = .nothing
      }
    }
  }

  private let pipeline: FittedPipeline
  private let parser = JSONParser(limits: .event, duplicateKeys: .leftToReader)

  /// The variant of the bench that runs through events this way.
  ///
  /// - Parameter pipeline: The pipeline.
  /// - Returns: The variant.
  static func variant(_ pipeline: FittedPipeline) -> PathVariant {
    PathVariant(name: "features by simdjson and dictionaries") { records in
      let walk = DictionaryWalk(pipeline: pipeline)
      var aggregator = HistoryAggregator(pipeline.historyPlan)
      var features = [Float](repeating: .nan, count: pipeline.features.count)
      for record in records {
        guard case .object(let event)? = try? walk.parser.withRoot(of: record, Value.init) else { continue }
        var (values, history) = walk.values(event)
        aggregator.run(&history, into: &values)
        values.withUnsafeBufferPointer { values in
          features.withUnsafeMutableBufferPointer { pipeline.transform(values, into: $0) }
        }
      }
    }
  }

  private func values(_ event: [String: Value]) -> ([Double], [HistoryRows]) {
    let schema = pipeline.schema
    var values = [Double](repeating: .nan, count: schema.fields.count)
    for slot in 0..<schema.readCount {
      values[slot] = number(event[schema.fields[slot].name], schema.fields[slot], pipeline.dictionaries[slot])
    }
    var history = schema.histories.map { HistoryRows($0) }
    for table in schema.histories.indices where schema.histories[table].parent == nil {
      read(event[schema.histories[table].name], table, into: &history)
    }
    return (values, history)
  }

  private func read(_ value: Value?, _ index: Int, into history: inout [HistoryRows]) {
    let table = pipeline.schema.histories[index]
    let nested = pipeline.schema.histories.indices.filter { pipeline.schema.histories[$0].parent == index }
    if case .array(let rows)? = value {
      for case .object(let row) in rows {
        let start = history[index].appendRow()
        for (column, field) in table.readFields.enumerated() {
          history[index].values[start + column] = number(
            row[table.fields[field].name],
            table.fields[field],
            table.categories[field]
          )
        }
        for child in nested { read(row[pipeline.schema.histories[child].name], child, into: &history) }
      }
    }
    history[index].endGroup()
  }

  private func number(_ value: Value?, _ field: Field, _ categories: CategoryDictionary?) -> Double {
    switch value {
    case .number(let number): return field.kind == .category ? -1 : number
    case .text(let text):
      if field.kind == .flag { return text == field.flagLabels?.on ? 1 : 0 }
      return categories?.code(of: text).map(Double.init) ?? -1
    default: return .nan
    }
  }
}
