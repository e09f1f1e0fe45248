/// The keys of a pipeline file, in all its parts.
enum DeclarationKey: String, CodingKey {
  case pipeline, version, id, target, csv, fields, drop, derived, defaults
  case field, source
  case defaultValue = "default"
  case repaid
  case delimiter, header, columns
  case skipLines = "skip_lines"
  case kind, range, missing, labels, categories, label, feature, expression
  case isProtected = "protected"
  case available, monotone
  case impute, log, standardise
  case missingIndicator = "missing_indicator"
  case encode, smoothing
  case minimumCount = "minimum_count"
  case constant
  case number, flag, category
  case targetEncoding = "target_encoding"
  case folds
  case history, key, time, order, aggregates, tables, aggregate, window
  case rowID = "row_id"
  case condition = "where"
}

/// A key that the user chose: the name of a field or of a language.
struct NameKey: CodingKey {
  var stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }

  init?(intValue: Int) { nil }
}

/// A scalar that is meant as text, whether or not it looks like a number: `1` and `"1"` alike.
struct TextScalar: Decodable {
  var text: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self.text = text
    } else if let integer = try? container.decode(Int.self) {
      text = String(integer)
    } else if let boolean = try? container.decode(Bool.self) {
      text = String(boolean)
    } else {
      text = "\(try container.decode(Double.self))"
    }
  }
}

extension KeyedDecodingContainer<DeclarationKey> {
  /// Decodes a list of texts; absent, it is empty.
  func texts(_ key: DeclarationKey) throws -> [String] {
    try decodeIfPresent([TextScalar].self, forKey: key)?.map(\.text) ?? []
  }

  /// Decodes a mapping from names that the user chose, in the order of the file; absent, it is empty.
  func named<T: NamedDeclaration>(_ key: DeclarationKey) throws -> [T] {
    guard contains(key) else { return [] }
    let nested = try nestedContainer(keyedBy: NameKey.self, forKey: key)
    return try nested.allKeys.map { key in
      var declaration = try nested.decode(Unnamed<T>.self, forKey: key).declaration
      declaration.name = key.stringValue
      return declaration
    }
  }

  /// Refuses a value with a sentence that says what is allowed.
  func refusal(_ key: DeclarationKey, _ message: String) -> DecodingError {
    DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: message)
  }
}

/// A declaration whose name is the key that it stands under.
protocol NamedDeclaration {
  var name: String { get set }

  init(name: String, from decoder: any Decoder) throws
}

/// Decodes a declaration before its name is put in.
private struct Unnamed<Declaration: NamedDeclaration>: Decodable {
  var declaration: Declaration

  init(from decoder: any Decoder) throws { declaration = try Declaration(name: "", from: decoder) }
}
