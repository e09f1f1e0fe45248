internal import StrictJSON

extension SlotReader {
  /// Reads the next value of a text that is scanned, with the result that its parsed form would have.
  ///
  /// - Parameters:
  ///   - scanner: Stands before the value.
  ///   - slot: The slot of its field.
  /// - Returns: The value; nil when it is none of the field's, or not for the scanner.
  @inline(__always)
  func value(_ scanner: inout JSONScanner, slot: Int) -> Double? {
    switch scanner.skipBlanks() {
    case UInt8(ascii: "n"): return scanner.word("null") ? .nan : nil
    case UInt8(ascii: "\""):
      guard let text = scanner.string() else { return nil }
      return code(of: text, slot: slot) ?? parsed(text, slot: slot)
    case UInt8(ascii: "t"): return scanner.word("true") ? parsed(true, slot: slot) : nil
    case UInt8(ascii: "f"): return scanner.word("false") ? parsed(false, slot: slot) : nil
    case UInt8(ascii: "{"), UInt8(ascii: "["): return nil
    default:
      guard let number = scanner.number() else { return nil }
      return value(of: number, slot: slot) ?? parsed(number, slot: slot)
    }
  }
}
