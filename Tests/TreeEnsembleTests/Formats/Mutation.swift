import TestSupport

/// A way of damaging a file.
enum Mutation: CaseIterable, Sendable {
  case flipBit, replaceByte, insertByte, deleteByte, deleteRange, repeatRange, swapRanges, truncate, append
  case replaceNumber, deleteNumber, repeatNumber, swapNumbers, negateNumber, growNumber
  case renameKey, deleteBracket, doubleBracket, swapQuotes, nestNumber
}

extension Mutation {
  func apply(to bytes: [UInt8], random: inout SplitMix64) -> [UInt8] {
    var bytes = bytes
    let at = Int.random(in: 0..<bytes.count, using: &random)
    let range = at..<min(bytes.count, at + Int.random(in: 1..<60, using: &random))
    let number = Self.number(in: bytes, near: at)
    switch self {
    case .flipBit: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case .replaceByte: bytes[at] = .random(in: 0...255, using: &random)
    case .insertByte: bytes.insert(.random(in: 0...255, using: &random), at: at)
    case .deleteByte: bytes.remove(at: at)
    case .deleteRange: bytes.removeSubrange(range)
    case .repeatRange: bytes.insert(contentsOf: bytes[range], at: range.upperBound)
    case .swapRanges:
      let cut = Array(bytes[range])
      bytes.removeSubrange(range)
      bytes.insert(contentsOf: cut, at: Int.random(in: 0...bytes.count, using: &random))
    case .truncate: bytes.removeSubrange(at...)
    case .append: bytes += bytes[range]
    case .replaceNumber:
      let texts = [
        "-1", "0", "2147483647", "-2147483648", "99999999999999999999", "1e39", "1e-60", "1.5", "null",
      ]
      bytes.replaceSubrange(number, with: Array((texts.randomElement(using: &random) ?? "0").utf8))
    case .deleteNumber: bytes.removeSubrange(number)
    case .repeatNumber: bytes.insert(contentsOf: [UInt8(ascii: ",")] + bytes[number], at: number.upperBound)
    case .swapNumbers:
      let other = Self.number(in: bytes, near: Int.random(in: 0..<bytes.count, using: &random))
      let text = bytes[other]
      bytes.replaceSubrange(number, with: Array(text))
    case .negateNumber: bytes.insert(UInt8(ascii: "-"), at: number.lowerBound)
    case .growNumber: bytes.insert(UInt8(ascii: "9"), at: number.upperBound)
    case .renameKey:
      if let quote = bytes[at...].firstIndex(of: UInt8(ascii: "\"")) {
        bytes.insert(UInt8(ascii: "x"), at: quote + 1)
      }
    case .deleteBracket:
      if let bracket = bytes[at...].firstIndex(where: { "[]{}".utf8.contains($0) }) {
        bytes.remove(at: bracket)
      }
    case .doubleBracket:
      if let bracket = bytes[at...].firstIndex(where: { "[]{}".utf8.contains($0) }) {
        bytes.insert(bytes[bracket], at: bracket)
      }
    case .swapQuotes:
      if let quote = bytes[at...].firstIndex(of: UInt8(ascii: "\"")) { bytes[quote] = UInt8(ascii: "'") }
    case .nestNumber:
      bytes.replaceSubrange(number, with: [UInt8(ascii: "[")] + bytes[number] + [UInt8(ascii: "]")])
    }
    return bytes
  }

  /// The number at or after a position, or the last one before it.
  private static func number(in bytes: [UInt8], near position: Int) -> Range<Int> {
    func isDigit(_ byte: UInt8) -> Bool { "0123456789.E+-".utf8.contains(byte) }
    let after = bytes[min(position, bytes.count)...].firstIndex(where: isDigit)
    let start = after ?? bytes.lastIndex(where: isDigit) ?? 0
    let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
    return start..<end
  }
}
