import CreditEvents

/// A small schema with a field of every kind and property.
enum SampleSchema {
  static let fields = [
    Field(name: "income", kind: .number, range: 0...1e9),
    Field(name: "age_days", kind: .number, missingTexts: ["-1", "unknown"]),
    Field(name: "job", kind: .category, missingTexts: ["XNA"]),
    Field(name: "region", kind: .category),
    Field(name: "owns_car", kind: .flag, flagLabels: .init(off: "N", on: "Y")),
    Field(name: "has_phone", kind: .flag),
    Field(name: "gender", kind: .category, isProtected: true),
  ]
  static let dictionaries: [CategoryDictionary?] = [
    nil, nil, CategoryDictionary(["Laborers", "Größe", "A \"b\""]), CategoryDictionary(["1", "2", "3.5"]),
    nil, nil,
    CategoryDictionary(["F", "M"]),
  ]

  static func make() throws -> ApplicationSchema {
    try ApplicationSchema(idField: "id", targetField: "label", fields: fields, ignoredFields: ["note"])
  }
}

/// Lends the UTF-8 of a text and passes on what the body throws.
func withUTF8<R>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R {
  try Array(text.utf8).withUnsafeBufferPointer(body)
}
