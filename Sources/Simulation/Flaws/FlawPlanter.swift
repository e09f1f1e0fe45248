import CreditEvents

/// Spoils the value of a sound record in one declared way.
struct FlawPlanter {
  private let idField: String
  private let fields: [Field]
  private let categories: [Field]
  private let numbers: [Field]

  /// Prepares to spoil the records of a simulation.
  ///
  /// - Parameters:
  ///   - schema: The simulated fields.
  ///   - reader: The fields that the records' reader knows; only these are spoiled, since a reader may rightly
  ///     skip the others. Nil for a reader that knows all.
  init(schema: ApplicationSchema, reader: ApplicationSchema?) {
    idField = schema.idField
    fields = schema.fields.filter { field in
      guard let reader else { return true }
      return reader.slot(of: field.name).map { reader.fields[$0].kind == field.kind } ?? false
    }
    categories = fields.filter { $0.kind == .category }
    numbers = fields.filter { $0.kind == .number }
  }

  /// Plants a flaw.
  ///
  /// - Parameters:
  ///   - flaw: The flaw.
  ///   - value: A JSON object as ``EventWriter`` writes it.
  ///   - random: Chooses the place.
  /// - Returns: The spoiled value, empty for no value; nil when there is no field that the flaw needs.
  func planting(_ flaw: Flaw, in value: [UInt8], _ random: inout RandomStream) -> [UInt8]? {
    switch flaw {
    case .noValue, .emptyValue: []
    case .notJSON: Array("amount=5000;term=36".utf8)
    case .truncated: Array(value.prefix(Int.random(in: 1..<value.count, using: &random)))
    case .trailingBytes: value + Array("}".utf8)
    case .notUTF8: opened("\"note\":\"", [0xC3, 0x28], "\",", before: value)
    case .byteOrderMark: [0xEF, 0xBB, 0xBF] + value
    case .duplicateKey: opened("\"\(idField)\":1,", before: value)
    case .tooDeep:
      opened(
        "\"note\":" + String(repeating: "[", count: 512) + String(repeating: "]", count: 512) + ",",
        before: value
      )
    case .tooLarge: opened("\"note\":\"" + String(repeating: "x", count: 65_536) + "\",", before: value)
    case .notANumber: replacing(numbers.randomElement(using: &random), in: value, by: "NaN")
    case .numberOutOfRange: replacing(numbers.randomElement(using: &random), in: value, by: "1e400")
    case .notAnObject: Array("[".utf8) + value + Array("]".utf8)
    case .missingID: replacing(idField, in: value) { _ in [] }
    case .nullID: replacing(idField, in: value) { $0 + Array("null".utf8) }
    case .invalidID: replacing(idField, in: value) { $0 + Array("{\"id\":1}".utf8) }
    case .wrongType: replacing(fields.randomElement(using: &random), in: value, by: "{\"value\":1}")
    case .unknownField: opened("\"unknown_\(random.next() % 100)\":true,", before: value)
    case .unseenCategory:
      replacing(categories.randomElement(using: &random), in: value, by: "\"never seen before\"")
    case .outOfRange: replacing(numbers.randomElement(using: &random), in: value, by: "1e300")
    case .absentField:
      (fields.randomElement(using: &random)?.name).map { replacing($0, in: value) { _ in [] } }
    }
  }

  /// The object with more text after its opening brace.
  private func opened(
    _ text: String,
    _ raw: [UInt8] = [],
    _ end: String = "",
    before value: [UInt8]
  ) -> [UInt8] {
    Array("{".utf8) + Array(text.utf8) + raw + Array(end.utf8) + value.dropFirst()
  }

  private func replacing(_ field: Field?, in value: [UInt8], by text: String) -> [UInt8]? {
    field.map { replacing($0.name, in: value) { $0 + Array(text.utf8) } }
  }

  /// The object with one member changed.
  ///
  /// - Parameters:
  ///   - name: The member's name.
  ///   - value: The object.
  ///   - change: From the member's key with its colon to what shall stand in place of key and scalar; nothing
  ///     removes the member together with a comma.
  /// - Returns: The changed object; the same one if it has no such member.
  private func replacing(_ name: String, in value: [UInt8], _ change: ([UInt8]) -> [UInt8]) -> [UInt8] {
    let key = Array("\"\(name)\":".utf8)
    guard let start = position(of: key, in: value) else { return value }
    var end = start + key.count
    var isQuoted = false
    while end < value.count {
      let byte = value[end]
      if byte == UInt8(ascii: "\\"), isQuoted {
        end += 1
      } else if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if !isQuoted, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") {
        break
      }
      end += 1
    }
    let changed = change(key)
    var first = start
    if changed.isEmpty {
      if end < value.count, value[end] == UInt8(ascii: ",") {
        end += 1
      } else if first > 0, value[first - 1] == UInt8(ascii: ",") {
        first -= 1
      }
    }
    return Array(value[..<first]) + changed + Array(value[end...])
  }

  private func position(of key: [UInt8], in value: [UInt8]) -> Int? {
    guard let first = key.first, value.count >= key.count else { return nil }
    // A key follows a brace or a comma; the same bytes within a text would be escaped quotes.
    return (1...(value.count - key.count)).first { index in
      value[index] == first
        && (value[index - 1] == UInt8(ascii: "{") || value[index - 1] == UInt8(ascii: ","))
        && value[index..<index + key.count].elementsEqual(key)
    }
  }
}
