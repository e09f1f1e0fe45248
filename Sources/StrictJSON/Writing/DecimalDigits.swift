/// Integers as decimal text.
enum DecimalDigits {
  /// Writes an integer.
  ///
  /// - Parameters:
  ///   - magnitude: Its absolute value.
  ///   - isNegative: Whether a minus precedes it.
  ///   - target: Room for 21 bytes.
  /// - Returns: How many bytes were written.
  static func write(_ magnitude: UInt64, isNegative: Bool, to target: UnsafeMutablePointer<UInt8>) -> Int {
    var count = isNegative ? 2 : 1
    var rest = magnitude
    while rest >= 10 {
      rest /= 10
      count += 1
    }
    rest = magnitude
    var position = count - 1
    repeat {
      target[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
      position -= 1
    } while rest > 0
    if isNegative { target[0] = UInt8(ascii: "-") }
    return count
  }
}
