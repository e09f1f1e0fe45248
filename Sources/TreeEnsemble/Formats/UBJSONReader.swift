/// Reads Universal Binary JSON (draft 12), strictly and within bounds.
///
/// Every length is checked against the bytes that are left before anything is allocated, nesting is limited, and
/// names that occur twice, texts that are not UTF-8, and bytes after the value are refused.
struct UBJSONReader {
  /// The deepest nesting that is accepted; XGBoost's files have eight levels.
  static let maximumDepth = 64

  private let bytes: [UInt8]
  private var position = 0

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Reads a file.
  ///
  /// - Parameter bytes: The whole file.
  /// - Returns: Its value.
  /// - Throws: ``ModelFormatError`` naming the offset.
  static func read(_ bytes: [UInt8]) throws(ModelFormatError) -> UBJSONValue {
    var reader = UBJSONReader(bytes)
    let value = try reader.value(try reader.type(), depth: 0)
    guard reader.position == bytes.count else { throw reader.error("bytes follow after the model") }
    return value
  }

  private mutating func value(_ type: Marker, depth: Int) throws(ModelFormatError) -> UBJSONValue {
    switch type {
    case .null: return .null
    case .yes: return .boolean(true)
    case .no: return .boolean(false)
    case .int8, .uint8, .int16, .int32, .int64: return .integer(try integer(type))
    case .float32, .float64: return .number(try number(type))
    case .text: return .text(try text())
    case .array: return try array(depth: depth + 1)
    case .object: return try object(depth: depth + 1)
    default: throw error("“\(type)” cannot begin a value")
    }
  }

  // MARK: Containers

  /// The optional head of a container: one type for all elements, and their count.
  private mutating func head() throws(ModelFormatError) -> (type: Marker?, count: Int?) {
    var type: Marker?
    if try takes(.type) {
      type = try self.type()
      guard try takes(.count) else { throw error("a type of elements needs their count") }
      return (type, try length())
    }
    return (nil, try takes(.count) ? try length() : nil)
  }

  private mutating func array(depth: Int) throws(ModelFormatError) -> UBJSONValue {
    try check(depth)
    let (type, count) = try head()
    if let type, let count { return try typedArray(type, count: count) }
    if let count {
      // Each element takes a byte at least.
      guard count <= bytes.count - position else { throw error("\(count) elements, but the file ends") }
    }
    var elements: [UBJSONValue] = []
    while try hasMore(elements.count, of: count, end: .arrayEnd) {
      elements.append(try value(try self.type(), depth: depth))
    }
    return .array(elements)
  }

  private mutating func typedArray(_ type: Marker, count: Int) throws(ModelFormatError) -> UBJSONValue {
    guard let size = type.size else { throw error("arrays of the type “\(type)” are not understood") }
    guard count <= (bytes.count - position) / size else {
      throw error("\(count) elements of \(size) bytes, but the file ends")
    }
    let start = position
    position += count * size
    switch type {
    case .float32:
      return .numberArray(elements(UInt32.self, at: start, count: count) { Float(bitPattern: $0) })
    case .float64:
      return .numberArray(elements(UInt64.self, at: start, count: count) { Float(Double(bitPattern: $0)) })
    case .int8: return .integerArray(elements(Int8.self, at: start, count: count) { Int64($0) })
    case .uint8: return .integerArray(elements(UInt8.self, at: start, count: count) { Int64($0) })
    case .int16: return .integerArray(elements(Int16.self, at: start, count: count) { Int64($0) })
    case .int32: return .integerArray(elements(Int32.self, at: start, count: count) { Int64($0) })
    default: return .integerArray(elements(Int64.self, at: start, count: count) { $0 })
    }
  }

  /// Numbers one after the other, each with its highest byte first; the bytes are known to be there.
  @inline(__always)
  private func elements<Stored: FixedWidthInteger & BitwiseCopyable, Element>(
    _: Stored.Type,
    at start: Int,
    count: Int,
    _ element: (Stored) -> Element
  ) -> [Element] {
    let size = MemoryLayout<Stored>.size
    return bytes.withUnsafeBytes { bytes in
      Array(unsafeUninitializedCapacity: count) { elements, initializedCount in
        for index in 0..<count {
          let stored = bytes.loadUnaligned(fromByteOffset: start + index * size, as: Stored.self)
          elements.initializeElement(at: index, to: element(Stored(bigEndian: stored)))
        }
        initializedCount = count
      }
    }
  }

  private mutating func object(depth: Int) throws(ModelFormatError) -> UBJSONValue {
    try check(depth)
    let (type, count) = try head()
    var members: [(name: String, value: UBJSONValue)] = []
    var names: Set<String> = []
    while try hasMore(members.count, of: count, end: .objectEnd) {
      let name = try text()
      guard names.insert(name).inserted else { throw error("“\(name.prefix(64))” occurs twice") }
      let marker = if let type { type } else { try self.type() }
      members.append((name, try value(marker, depth: depth)))
    }
    return .object(members)
  }

  private mutating func hasMore(
    _ index: Int,
    of count: Int?,
    end: Marker
  ) throws(ModelFormatError) -> Bool {
    if let count { return index < count }
    return try !takes(end)
  }

  private func check(_ depth: Int) throws(ModelFormatError) {
    guard depth <= Self.maximumDepth else {
      throw ModelFormatError(.tooLarge, "nested deeper than \(Self.maximumDepth)", at: "byte \(position)")
    }
  }

  // MARK: Scalars

  private mutating func text() throws(ModelFormatError) -> String {
    let count = try length()
    guard count <= bytes.count - position else { throw error("a text of \(count) bytes, but the file ends") }
    guard let text = String(validating: bytes[position..<position + count], as: UTF8.self) else {
      throw error("a text is not UTF-8")
    }
    position += count
    return text
  }

  private mutating func length() throws(ModelFormatError) -> Int {
    let type = try type()
    guard type.isInteger else { throw error("a length is expected, not “\(type)”") }
    guard let length = Int(exactly: try integer(type)), length >= 0 else { throw error("a negative length") }
    return length
  }

  private mutating func integer(_ type: Marker) throws(ModelFormatError) -> Int64 {
    switch type {
    case .int8: Int64(Int8(truncatingIfNeeded: try bits(1)))
    case .uint8: Int64(try bits(1))
    case .int16: Int64(Int16(truncatingIfNeeded: try bits(2)))
    case .int32: Int64(Int32(truncatingIfNeeded: try bits(4)))
    default: Int64(truncatingIfNeeded: try bits(8))
    }
  }

  private mutating func number(_ type: Marker) throws(ModelFormatError) -> Float {
    if type == .float32 { return Float(bitPattern: UInt32(truncatingIfNeeded: try bits(4))) }
    return Float(Double(bitPattern: try bits(8)))
  }

  /// The next bytes as a number, the highest first.
  private mutating func bits(_ count: Int) throws(ModelFormatError) -> UInt64 {
    guard count <= bytes.count - position else { throw error("the file ends within a number") }
    var bits: UInt64 = 0
    for index in position..<position + count { bits = bits << 8 | UInt64(bytes[index]) }
    position += count
    return bits
  }

  // MARK: Markers

  /// Takes the next marker if it is this one.
  private mutating func takes(_ marker: Marker) throws(ModelFormatError) -> Bool {
    guard position < bytes.count else { throw error("the file ends within a container") }
    guard bytes[position] == marker.rawValue else { return false }
    position += 1
    return true
  }

  private mutating func type() throws(ModelFormatError) -> Marker {
    guard position < bytes.count, let marker = Marker(rawValue: bytes[position]) else {
      throw error("no type of UBJSON is here")
    }
    position += 1
    return marker
  }

  private func error(_ message: String) -> ModelFormatError {
    ModelFormatError(.malformed, "not readable as UBJSON: \(message)", at: "byte \(position)")
  }
}

extension UBJSONReader {
  /// The bytes that stand before values, lengths and ends.
  private enum Marker: UInt8, CustomStringConvertible {
    case null = 0x5A
    case yes = 0x54
    case no = 0x46
    case int8 = 0x69
    case uint8 = 0x55
    case int16 = 0x49
    case int32 = 0x6C
    case int64 = 0x4C
    case float32 = 0x64
    case float64 = 0x44
    case text = 0x53
    case array = 0x5B
    case arrayEnd = 0x5D
    case object = 0x7B
    case objectEnd = 0x7D
    case type = 0x24
    case count = 0x23

    /// The bytes of a number, or `nil` for what is none.
    var size: Int? {
      switch self {
      case .int8, .uint8: 1
      case .int16: 2
      case .int32, .float32: 4
      case .int64, .float64: 8
      default: nil
      }
    }

    var isInteger: Bool { size != nil && self != .float32 && self != .float64 }

    var description: String { String(UnicodeScalar(rawValue)) }
  }
}
