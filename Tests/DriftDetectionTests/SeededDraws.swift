import TestSupport

/// Draws for simulations, the same on every machine.
struct SeededDraws {
  private var generator: SplitMix64

  init(seed: UInt64) { generator = SplitMix64(seed: seed) }

  /// A number in [0, 1).
  mutating func uniform() -> Double { Double(generator.next() >> 11) * 0x1p-53 }

  /// An index below a bound, by multiply-high.
  mutating func index(below bound: Int) -> Int {
    Int(generator.next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A permutation by Fisher and Yates, from the back.
  mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for i in stride(from: count - 1, to: 0, by: -1) { order.swapAt(i, index(below: i + 1)) }
    return order
  }

  mutating func uniformCounts(events: Int, bins: Int) -> [UInt64] {
    var counts = [UInt64](repeating: 0, count: bins)
    for _ in 0..<events { counts[index(below: bins)] += 1 }
    return counts
  }
}
