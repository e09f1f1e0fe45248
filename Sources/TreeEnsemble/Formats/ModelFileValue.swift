/// A value of a model file, whatever its syntax: what JSON and UBJSON have in common.
///
/// Each accessor gives `nil` when the value is of another kind.
protocol ModelFileValue {
  /// An object's members; names occur once.
  var members: [(name: String, value: Self)]? { get }
  /// An array's elements.
  var elements: [Self]? { get }
  /// An array's length.
  var elementCount: Int? { get }
  /// A text.
  var text: String? { get }
  /// A whole number.
  var integer: Int64? { get }
  /// An array of numbers, rounded to 32 bits.
  var floats: [Float]? { get }
  /// An array of whole numbers; truth values count as 0 and 1.
  var integers: [Int64]? { get }
}

/// An object of a model file, read by name, with errors that say where.
struct ModelFileObject<Value: ModelFileValue> {
  /// Where the object stands.
  let path: String
  private let members: [(name: String, value: Value)]

  /// Reads an object.
  ///
  /// - Parameters:
  ///   - value: The value that should be one.
  ///   - path: Where it stands.
  ///   - known: The names that are understood, or `nil` to allow any. A name that is not known may change the
  ///     meaning of the model, so it is refused rather than skipped.
  /// - Throws: ``ModelFormatError`` when the value is no object or has unknown members.
  init(_ value: Value, at path: String, known: Set<String>? = nil) throws(ModelFormatError) {
    guard let members = value.members else {
      throw ModelFormatError(.wrongType, "an object is expected here", at: path)
    }
    if let known, let member = members.first(where: { !known.contains($0.name) }) {
      throw ModelFormatError(
        .unsupported,
        "“\(member.name.prefix(64))” is not known; the file may be newer than this program",
        at: path
      )
    }
    self.path = path
    self.members = members
  }

  /// Reads a member that may be absent.
  ///
  /// - Parameter name: Its name.
  /// - Returns: Its value, or `nil`.
  func optional(_ name: String) -> Value? {
    members.first { $0.name == name }?.value
  }

  /// Reads a member that every model has.
  ///
  /// - Parameter name: Its name.
  /// - Returns: Its value.
  /// - Throws: ``ModelFormatError`` when it is missing.
  func required(_ name: String) throws(ModelFormatError) -> Value {
    guard let value = optional(name) else {
      throw ModelFormatError(.missing, "“\(name)” is missing; give a complete XGBoost model", at: path)
    }
    return value
  }

  /// Reads an object within this one.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - known: The names that are understood in it, or `nil` to allow any.
  /// - Returns: The object.
  /// - Throws: ``ModelFormatError`` when it is missing, no object or has unknown members.
  func object(_ name: String, known: Set<String>? = nil) throws(ModelFormatError) -> Self {
    try Self(try required(name), at: "\(path).\(name)", known: known)
  }

  /// Reads a member through one of the accessors of ``ModelFileValue``.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - accessor: The accessor.
  /// - Returns: What the accessor gives.
  /// - Throws: ``ModelFormatError`` when it is missing or of another type.
  func read<T>(_ name: String, _ accessor: (Value) -> T?) throws(ModelFormatError) -> T {
    guard let result = accessor(try required(name)) else {
      throw ModelFormatError(.wrongType, "has another type than XGBoost gives it", at: "\(path).\(name)")
    }
    return result
  }

  /// Reads a whole number that XGBoost writes as a text, as it does all parameters.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - absent: What an absent member means, or `nil` when it must be there.
  /// - Returns: The number.
  /// - Throws: ``ModelFormatError`` when it is missing or no number.
  func parameter(_ name: String, absent: Int? = nil) throws(ModelFormatError) -> Int {
    if let absent, optional(name) == nil { return absent }
    let text = try read(name, \.text)
    guard let number = Int(text) else {
      throw ModelFormatError(.wrongType, "“\(text.prefix(64))” is no whole number", at: "\(path).\(name)")
    }
    return number
  }
}
