internal import StrictJSON

/// Finds keys in a table of names, guessing that the n-th key is the one that was n-th before.
struct KeyPrediction {
  /// The index of a key that is not in the table.
  static let unknown = -1

  private let names: NameTable
  /// Index into the names by position in the event, ``unknown`` where the last key was unknown.
  private var expected: [Int] = []
  /// The object in which each name was seen last, by the object's stamp.
  private var seen: [UInt64]
  private var stamp: UInt64 = 0
  /// The keys of the current object that are none of the names; they point into the event.
  private var unknown: [UnsafeBufferPointer<UInt8>] = []

  init(names: NameTable) {
    self.names = names
    seen = [UInt64](repeating: 0, count: names.names.count)
  }

  /// The index of a key among the names.
  ///
  /// - Parameters:
  ///   - key: The key.
  ///   - position: How many keys came before it in the same event.
  /// - Returns: The index, or ``unknown``.
  /// - Precondition: Positions of an event are asked for from 0 on, one after the other.
  @inline(__always)
  mutating func index(of key: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
    if position < expected.count, case let guess = expected[position], guess != Self.unknown,
      names.matches(guess, key)
    {
      return guess
    }
    return lookUp(key, at: position)
  }

  @inline(never)
  private mutating func lookUp(_ key: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
    let index = names.index(of: key) ?? Self.unknown
    if position < expected.count { expected[position] = index } else { expected.append(index) }
    return index
  }

  /// The most unknown keys of one object that are compared with each other.
  private static let maximumUnknown = 64

  /// Begins another object that is scanned.
  mutating func beginObject() {
    stamp &+= 1
    unknown.removeAll(keepingCapacity: true)
  }

  /// Consumes the next key of an object that is scanned.
  ///
  /// - Parameters:
  ///   - scanner: Stands before the key.
  ///   - position: How many keys came before it in the same object.
  /// - Returns: The index among the names, ``unknown`` for another key, which is then the last of ``unknownKeys``; nil
  ///   when there is no plain key, or one that stood in this object already.
  @inline(__always)
  mutating func consume(_ scanner: inout JSONScanner, at position: Int) -> Int? {
    if position < expected.count, case let guess = expected[position], guess != Self.unknown,
      names.withName(guess, { scanner.consumeKey($0) })
    {
      guard seen[guess] != stamp else { return nil }
      seen[guess] = stamp
      return guess
    }
    return consumeUnexpected(&scanner, at: position)
  }

  /// The keys of the current object that are none of the names.
  var unknownKeys: [UnsafeBufferPointer<UInt8>] { unknown }

  @inline(never)
  private mutating func consumeUnexpected(_ scanner: inout JSONScanner, at position: Int) -> Int? {
    guard let key = scanner.key() else { return nil }
    let index = lookUp(key, at: position)
    if index == Self.unknown {
      guard unknown.count < Self.maximumUnknown else { return nil }
      for other in unknown where other.count == key.count && other.elementsEqual(key) { return nil }
      unknown.append(key)
    } else {
      guard seen[index] != stamp else { return nil }
      seen[index] = stamp
    }
    return index
  }
}
