/// The entries of a YAML mapping in the order in which they are written.
///
/// A dictionary would lose it, and fields must appear in events as their declaration lists them.
struct DeclaredOrder<Value: Decodable>: Decodable {
  let entries: [(name: String, value: Value)]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    entries = try container.allKeys.map { ($0.stringValue, try container.decode(Value.self, forKey: $0)) }
  }

  /// Any text as a key.
  struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
