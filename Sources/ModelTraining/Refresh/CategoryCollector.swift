import CreditEvents
import StrictJSON

/// The categories that occur in events, before any pipeline is fitted that would know them.
struct CategoryCollector {
  private let parsers: [(slot: Int, name: String, parser: FieldParser)]
  /// The categories by slot; nil for fields of another kind.
  private(set) var dictionaries: [CategoryDictionary?]

  /// Prepares a collector.
  ///
  /// - Parameter schema: The fields.
  init(schema: ApplicationSchema) {
    dictionaries = schema.fields.map { $0.kind == .category ? CategoryDictionary() : nil }
    parsers = schema.fields.indices.filter { schema.fields[$0].kind == .category }.map { slot in
      (slot, schema.fields[slot].name, FieldParser(schema.fields[slot]))
    }
  }

  /// Takes the categories of one event.
  ///
  /// - Parameter event: The event's object; values of another kind are left to the reader to reject.
  mutating func add(_ event: JSONValue) {
    for (slot, name, parser) in parsers {
      guard let json = event[name], var dictionary = dictionaries[slot] else { continue }
      let intern = { (text: UnsafeBufferPointer<UInt8>) -> Int? in dictionary.intern(utf8: text) }
      do throws(FieldProblem) {
        switch json.kind {
        case .string:
          let text = Array((json.string ?? "").utf8)
          _ = try text.withUnsafeBufferPointer { (utf8) throws(FieldProblem) in
            try parser.value(ofString: utf8, code: intern)
          }
        case .integer:
          if let integer = json.int64 { _ = try parser.value(ofInteger: integer, code: intern) }
        case .double: _ = try parser.value(ofNumber: json.double ?? .nan, code: intern)
        case .boolean: _ = try parser.value(ofBoolean: json.boolean ?? false, code: intern)
        case .null, .object, .array: break
        }
      } catch {
        // The reader says what is wrong with it, and counts it.
      }
      dictionaries[slot] = dictionary
    }
  }
}
