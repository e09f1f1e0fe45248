/// Distinct UTF-8 texts, each with its index, found without making a `String`.
///
/// Keys of events and texts of categories arrive as bytes; a `Dictionary` would need an allocation for each
/// look-up of a text longer than fifteen bytes. Open addressing over one array of bytes needs none. The hash
/// is private to the process and never reaches an output.
struct NameTable: Sendable, Equatable {
  private(set) var names: [String] = []
  private var bytes: [UInt8] = []
  /// Where each name ends in `bytes`; it starts where the one before it ends.
  private var ends: [Int] = []
  /// Index + 1 of the name in a bucket, 0 for an empty one; always a power of two, at most half full.
  private var buckets: [Int32] = [Int32](repeating: 0, count: 16)

  /// Creates the table of the names; a repeated name keeps its first index.
  init(_ names: [String] = []) {
    for name in names {
      insert(name)
    }
  }

  /// The index of a name, if it is in the table.
  func index(of utf8: UnsafeBufferPointer<UInt8>) -> Int? {
    let mask = buckets.count - 1
    var bucket = Self.hash(utf8) & mask
    while buckets[bucket] != 0 {
      let index = Int(buckets[bucket]) - 1
      if matches(index, utf8) { return index }
      bucket = (bucket + 1) & mask
    }
    return nil
  }

  /// The index of a name, if it is in the table.
  func index(of name: String) -> Int? {
    var name = name
    return name.withUTF8 { index(of: $0) }
  }

  /// Whether the name at an index has exactly these bytes.
  @inline(__always)
  func matches(_ index: Int, _ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = index == 0 ? 0 : ends[index - 1]
    let count = ends[index] - start
    guard count == utf8.count else { return false }
    return bytes.withUnsafeBufferPointer { Self.equal($0, from: start, utf8) }
  }

  /// Lends the bytes of the name at an index.
  @inline(__always)
  func withName<R>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    let start = index == 0 ? 0 : ends[index - 1]
    let end = ends[index]
    return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start..<end])) }
  }

  /// Adds a name unless it is there, and returns its index.
  @discardableResult
  mutating func insert(_ name: String) -> Int {
    var name = name
    return name.withUTF8 { insert(utf8: $0) }
  }

  /// Adds a name unless it is there, and returns its index.
  mutating func insert(utf8: UnsafeBufferPointer<UInt8>) -> Int {
    if let index = index(of: utf8) { return index }
    if (names.count + 1) * 2 > buckets.count { grow() }
    let index = names.count
    names.append(String(decoding: utf8, as: UTF8.self))
    bytes.append(contentsOf: utf8)
    ends.append(bytes.count)
    place(index, hash: Self.hash(utf8))
    return index
  }

  private mutating func grow() {
    buckets = [Int32](repeating: 0, count: buckets.count * 2)
    for index in names.indices {
      let start = index == 0 ? 0 : ends[index - 1]
      let hash = bytes[start..<ends[index]].withUnsafeBufferPointer { Self.hash($0) }
      place(index, hash: hash)
    }
  }

  private mutating func place(_ index: Int, hash: Int) {
    let mask = buckets.count - 1
    var bucket = hash & mask
    while buckets[bucket] != 0 {
      bucket = (bucket + 1) & mask
    }
    buckets[bucket] = Int32(index + 1)
  }

  /// Compares eight bytes at a time; names are short, a call of `memcmp` costs more than the comparison.
  @inline(__always)
  private static func equal(
    _ bytes: UnsafeBufferPointer<UInt8>,
    from start: Int,
    _ other: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard let left = bytes.baseAddress.map({ UnsafeRawPointer($0 + start) }),
      let right = other.baseAddress.map({ UnsafeRawPointer($0) })
    else { return other.isEmpty }
    let count = other.count
    var offset = 0
    while offset + 8 <= count {
      let a = left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let b = right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if a != b { return false }
      offset += 8
    }
    while offset < count {
      if left.load(fromByteOffset: offset, as: UInt8.self)
        != right.load(fromByteOffset: offset, as: UInt8.self)
      {
        return false
      }
      offset += 1
    }
    return true
  }

  /// Whether both have the same names, byte for byte; `String` would take composed and decomposed letters as one.
  static func == (left: Self, right: Self) -> Bool { left.bytes == right.bytes && left.ends == right.ends }

  private static func hash(_ utf8: UnsafeBufferPointer<UInt8>) -> Int {
    let raw = UnsafeRawBufferPointer(utf8)
    var hash = UInt64(truncatingIfNeeded: raw.count) &* 0x9e37_79b9_7f4a_7c15
    var offset = 0
    while offset + 8 <= raw.count {
      hash = (hash ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0xff51_afd7_ed55_8ccd
      hash ^= hash >> 32
      offset += 8
    }
    var tail: UInt64 = 0
    while offset < raw.count {
      tail = tail << 8 | UInt64(raw[offset])
      offset += 1
    }
    hash = (hash ^ tail) &* 0xff51_afd7_ed55_8ccd
    hash ^= hash >> 32
    return Int(truncatingIfNeeded: hash)
  }
}
