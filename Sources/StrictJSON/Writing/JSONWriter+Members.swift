/// Key and value in one call; generic ones are specialised where they are called.
extension JSONWriter {
  /// Writes a member.
  ///
  /// - Parameters:
  ///   - key: Its key.
  ///   - value: Its text.
  public mutating func member(_ key: String, _ value: String) {
    self.key(key)
    string(value)
  }

  /// Writes a member.
  ///
  /// - Parameters:
  ///   - key: Its key.
  ///   - value: An integer.
  @inlinable
  public mutating func member(_ key: String, _ value: some BinaryInteger) {
    self.key(key)
    integer(value)
  }

  /// Writes a member.
  ///
  /// - Parameters:
  ///   - key: Its key.
  ///   - value: A finite number.
  public mutating func member(_ key: String, _ value: Double) {
    self.key(key)
    number(value)
  }

  /// Writes a member.
  ///
  /// - Parameters:
  ///   - key: Its key.
  ///   - value: A finite number.
  public mutating func member(_ key: String, _ value: Float) {
    self.key(key)
    number(value)
  }

  /// Writes a member.
  ///
  /// - Parameters:
  ///   - key: Its key.
  ///   - value: True or false.
  public mutating func member(_ key: String, _ value: Bool) {
    self.key(key)
    boolean(value)
  }

  /// Writes a member whose value is an array of strings.
  ///
  /// - Parameters:
  ///   - key: Its key.
  ///   - values: The strings in order.
  @inlinable
  public mutating func member(_ key: String, _ values: some Sequence<String>) {
    self.key(key)
    beginArray()
    for value in values { string(value) }
    endArray()
  }

  /// Writes a member whose value is an array of integers.
  ///
  /// - Parameters:
  ///   - key: Its key.
  ///   - values: The integers in order.
  @inlinable
  public mutating func member(_ key: String, _ values: some Sequence<Int>) {
    self.key(key)
    beginArray()
    for value in values { integer(value) }
    endArray()
  }

  /// Writes a member whose value is an array of numbers.
  ///
  /// - Parameters:
  ///   - key: Its key.
  ///   - values: Finite numbers in order.
  @inlinable
  public mutating func member(_ key: String, _ values: some Sequence<Double>) {
    self.key(key)
    beginArray()
    for value in values { number(value) }
    endArray()
  }

  /// Writes a parsed value and all it holds.
  ///
  /// - Parameter value: A value of a document being read.
  public mutating func value(_ value: JSONValue) {
    switch value.kind {
    case .object:
      beginObject()
      for member in value.members {
        key(member.key.string)
        self.value(member.value)
      }
      endObject()
    case .array:
      beginArray()
      for element in value.elements { self.value(element) }
      endArray()
    case .string: _ = value.withUTF8 { string(utf8: $0) }
    case .integer: value.int64.map { integer($0) } ?? integer(value.uint64 ?? 0)
    case .double: number(value.double ?? 0)
    case .boolean: boolean(value.boolean ?? false)
    case .null: null()
    }
  }
}
