/// One value of a parsed document: a view of three words into the parser's tape, free to copy.
///
/// It is valid only inside the ``JSONParser/withRoot(of:_:)`` that lent the root; nothing checks that at run time.
/// Reading it allocates nothing, except where a `String` is asked for.
public struct JSONValue {
  @usableFromInline let tape: UnsafePointer<UInt64>
  @usableFromInline let strings: UnsafePointer<UInt8>
  @usableFromInline var index: Int

  @inlinable
  init(tape: UnsafePointer<UInt64>, strings: UnsafePointer<UInt8>, index: Int) {
    self.tape = tape
    self.strings = strings
    self.index = index
  }

  @inlinable var tag: UInt8 { UInt8(truncatingIfNeeded: tape[index] >> 56) }
  @inlinable var payload: Int { Int(truncatingIfNeeded: tape[index] & 0x00FF_FFFF_FFFF_FFFF) }

  /// The index of the word after this value, with everything inside it skipped.
  @inlinable var endIndex: Int {
    switch tag {
    case TapeTag.objectStart, TapeTag.arrayStart: Int(UInt32(truncatingIfNeeded: tape[index]))
    case TapeTag.signed, TapeTag.unsigned, TapeTag.double: index + 2
    default: index + 1
    }
  }

  /// What the value is.
  @inlinable public var kind: JSONKind {
    switch tag {
    case TapeTag.objectStart: .object
    case TapeTag.arrayStart: .array
    case TapeTag.string: .string
    case TapeTag.signed, TapeTag.unsigned: .integer
    case TapeTag.double: .double
    case TapeTag.yes, TapeTag.no: .boolean
    default: .null
    }
  }
}

// MARK: - Scalars

extension JSONValue {
  /// True for null.
  @inlinable public var isNull: Bool { kind == .null }

  /// Any number as a double (integers beyond 2⁵³ are rounded to nearest); nil for other kinds.
  @inlinable public var double: Double? {
    switch tag {
    case TapeTag.double: Double(bitPattern: tape[index + 1])
    case TapeTag.signed: Double(Int64(bitPattern: tape[index + 1]))
    case TapeTag.unsigned: Double(tape[index + 1])
    default: nil
    }
  }

  /// An integer that fits; nil for fractions, for integers from 2⁶³ on and for other kinds.
  @inlinable public var int64: Int64? {
    switch tag {
    case TapeTag.signed: Int64(bitPattern: tape[index + 1])
    case TapeTag.unsigned: Int64(exactly: tape[index + 1])
    default: nil
    }
  }

  /// An integer from 0 to 2⁶⁴ − 1; nil for everything else.
  @inlinable public var uint64: UInt64? {
    switch tag {
    case TapeTag.signed: UInt64(exactly: Int64(bitPattern: tape[index + 1]))
    case TapeTag.unsigned: tape[index + 1]
    default: nil
    }
  }

  /// True or false; nil for other kinds.
  @inlinable public var boolean: Bool? {
    switch tag {
    case TapeTag.yes: true
    case TapeTag.no: false
    default: nil
    }
  }

  /// Lends the bytes of a string: valid UTF-8, escapes resolved.
  ///
  /// - Parameter body: Reads the bytes, which it must not keep.
  /// - Returns: What `body` returns; nil, without calling it, for other kinds.
  /// - Throws: What `body` throws.
  @inlinable
  public func withUTF8<R, Failure: Error>(
    _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> R
  ) throws(Failure) -> R? {
    guard tag == TapeTag.string else { return nil }
    return try body(utf8)
  }

  /// A copy of a string; nil for other kinds.
  public var string: String? {
    tag == TapeTag.string ? String(decoding: utf8, as: UTF8.self) : nil
  }

  /// The bytes of a string; meaningless for other kinds.
  @inlinable var utf8: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: strings + payload + 4, count: utf8Count)
  }

  @inlinable var utf8Count: Int {
    Int(UnsafeRawPointer(strings + payload).loadUnaligned(as: UInt32.self))
  }
}

// MARK: - Containers

extension JSONValue {
  /// The members of an object, in the order of the text; empty for other kinds.
  @inlinable public var members: JSONMembers { JSONMembers(container: self) }

  /// The elements of an array, in order; empty for other kinds.
  @inlinable public var elements: JSONElements { JSONElements(container: self) }

  /// How many members or elements; 0 for other kinds.
  ///
  /// - Complexity: O(1); O(n) from 16,777,215 on, where the tape's own count ends.
  @inlinable public var count: Int {
    guard tag == TapeTag.objectStart || tag == TapeTag.arrayStart else { return 0 }
    let count = Int(truncatingIfNeeded: tape[index] >> 32 & 0xFF_FFFF)
    return count < 0xFF_FFFF ? count : countByWalking
  }

  @usableFromInline var countByWalking: Int {
    tag == TapeTag.objectStart
      ? members.reduce(0) { count, _ in count + 1 } : elements.reduce(0) { count, _ in count + 1 }
  }

  /// The member of that key; nil when there is none, or no object.
  ///
  /// - Parameter key: The key, escapes resolved.
  /// - Complexity: O(members). To read many members, walk ``members`` or use ``object()``.
  public subscript(key: String) -> JSONValue? {
    members.first { $0.key == key }?.value
  }
}
