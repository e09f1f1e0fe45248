/// Finds keys in a table of names, guessing that the n-th key is the one that was n-th before.
struct KeyPrediction {
  /// The index of a key that is not in the table.
  static let unknown = -1

  private let names: NameTable
  /// Index into the names by position in the event, ``unknown`` where the last key was unknown.
  private var expected: [Int] = []

  init(names: NameTable) { self.names = names }

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
}
