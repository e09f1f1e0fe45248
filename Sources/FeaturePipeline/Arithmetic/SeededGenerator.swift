/// A source of numbers that depend on nothing but the seed, the same on every machine and in every version.
///
/// Shuffles and draws are written out here because the standard library does not promise to keep its own.
/// Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (OOPSLA 2014).
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Starts the sequence of a seed.
  ///
  /// - Parameter seed: Any number.
  public init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  ///
  /// - Returns: Uniformly distributed bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Draws an index.
  ///
  /// - Parameter count: The number of indices.
  /// - Returns: 0..<count, each as likely as any other to within count / 2⁶⁴.
  /// - Precondition: `count > 0`.
  public mutating func index(below count: Int) -> Int {
    precondition(count > 0, "an index needs something to point into")
    return Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// Puts elements into a random order (Fisher and Yates).
  ///
  /// - Parameter elements: The elements.
  public mutating func shuffle<T>(_ elements: inout [T]) {
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, index(below: last + 1))
    }
  }
}
