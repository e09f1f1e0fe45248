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

  /// Refuses a value with a sentence that says what is allowed.
  func refusal(_ key: DeclarationKey, _ message: String) -> DecodingError {
    DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: message)
  }
}
