/// The key of a member: a view into the parser's buffers, as short-lived as ``JSONValue``.
public struct JSONKey {
  @usableFromInline let node: JSONValue

  @inlinable
  init(node: JSONValue) { self.node = node }

  @inlinable var index: Int { node.index }

  /// The bytes: valid UTF-8, escapes resolved; they must not leave ``JSONParser/withRoot(of:_:)``.
  @inlinable public var utf8: UnsafeBufferPointer<UInt8> { node.utf8 }

  /// A copy of the key.
  public var string: String { String(decoding: utf8, as: UTF8.self) }

  /// The value under the key.
  @inlinable public var value: JSONValue {
    JSONValue(tape: node.tape, strings: node.strings, index: node.index + 1)
  }

  /// Whether the key has exactly these bytes.
  ///
  /// - Parameter bytes: UTF-8.
  /// - Returns: True when length and bytes agree.
  @inlinable
  public func equals(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let own = utf8
    guard own.count == bytes.count else { return false }
    for position in 0..<own.count where own[position] != bytes[position] { return false }
    return true
  }

  /// Whether the key reads so.
  ///
  /// - Parameters:
  ///   - key: A key.
  ///   - text: A literal.
  /// - Returns: True when the bytes agree; there is no Unicode normalisation.
  @inlinable
  public static func == (key: JSONKey, text: StaticString) -> Bool {
    key.equals(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Whether the key reads so.
  ///
  /// - Parameters:
  ///   - key: A key.
  ///   - text: Any text.
  /// - Returns: True when the bytes agree; there is no Unicode normalisation.
  @_disfavoredOverload
  public static func == (key: JSONKey, text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { key.equals($0) } ?? key.utf8.elementsEqual(text.utf8)
  }

  /// Whether two keys have the same bytes.
  ///
  /// - Parameters:
  ///   - left: A key.
  ///   - right: Another.
  /// - Returns: True when the bytes agree.
  @inlinable
  public static func == (left: JSONKey, right: JSONKey) -> Bool { left.equals(right.utf8) }

  /// A fast 64-bit hash of the bytes, the same on every machine and in every version; not for adversaries.
  @inlinable public var hash: UInt64 { JSONKey.hash(utf8) }

  func sibling(at index: Int) -> JSONKey {
    JSONKey(node: JSONValue(tape: node.tape, strings: node.strings, index: index))
  }
}

// MARK: - Hash

extension JSONKey {
  /// The hash that ``hash`` gives a key of these bytes, to fill a table of expected keys with.
  ///
  /// Multiply and fold, eight bytes at a time; the tail is read as a last, overlapping word.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8 of the key.
  ///   - seed: Another number gives another hash.
  /// - Returns: All 64 bits are usable.
  @inlinable
  public static func hash(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64 = 0) -> UInt64 {
    var state = seed ^ UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
    guard let base = UnsafeRawPointer(bytes.baseAddress), bytes.count > 0 else { return fold(state) }
    if bytes.count >= 8 {
      var offset = 0
      while offset + 8 < bytes.count {
        state = fold(state ^ base.loadUnaligned(fromByteOffset: offset, as: UInt64.self).littleEndian)
        offset += 8
      }
      return fold(state ^ base.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self).littleEndian)
    }
    var tail: UInt64 = 0
    if bytes.count >= 4 {
      let low = base.loadUnaligned(as: UInt32.self).littleEndian
      let high = base.loadUnaligned(fromByteOffset: bytes.count - 4, as: UInt32.self).littleEndian
      tail = UInt64(low) | UInt64(high) << 32
    } else {
      tail = UInt64(bytes[0]) | UInt64(bytes[bytes.count / 2]) << 8 | UInt64(bytes[bytes.count - 1]) << 16
    }
    return fold(state ^ tail)
  }

  @inlinable
  static func fold(_ value: UInt64) -> UInt64 {
    // Full-width product of two odd-ish words; the constants are those of wyhash.
    let product = (value ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    return product.high ^ product.low
  }
}
