/// A seeded sequence of random numbers that can be entered anywhere.
///
/// SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014): a
/// counter and a mixing function, integer arithmetic only, so that a seed means the same sequence on every
/// machine. Each variable of a simulation has a sequence of its own for each row, named by both. A row can
/// therefore be drawn without those before it, and a changed declaration changes only what depends on it.
struct RandomStream: RandomNumberGenerator, Sendable {
  /// 2^64 divided by the golden ratio, made odd: the step of the counter.
  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  private var state: UInt64

  /// Starts the sequence of a seed.
  init(seed: UInt64) {
    state = seed
  }

  /// Starts the sequence of one row.
  ///
  /// - Parameters:
  ///   - source: The seed of a variable, from ``source(seed:name:)``.
  ///   - row: The number of the row, from 0.
  init(source: UInt64, row: Int) {
    state = Self.mixed(source &+ (UInt64(truncatingIfNeeded: row) &+ 1) &* Self.step)
  }

  /// The seed of one variable's sequences.
  ///
  /// - Parameters:
  ///   - seed: The seed of the whole simulation.
  ///   - name: The variable's name; equal names get equal sequences.
  /// - Returns: What ``init(source:row:)`` takes.
  static func source(seed: UInt64, name: String) -> UInt64 {
    // FNV-1a, 64 bits: the standard library's hash differs from run to run.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    return mixed(mixed(seed &+ step) ^ hash)
  }

  /// The next 64 bits.
  mutating func next() -> UInt64 {
    state &+= Self.step
    return Self.mixed(state)
  }

  /// The next number of the open interval 0...1: neither end is ever drawn.
  mutating func unit() -> Double {
    // 52 bits and a half: the largest, 1 − 2⁻⁵³, is still a double.
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// The next number of the standard normal distribution, from one draw.
  mutating func normal() -> Double { NormalQuantile.value(unit()) }

  private static func mixed(_ state: UInt64) -> UInt64 {
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
