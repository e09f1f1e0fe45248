/// The one text that stands for a category, whatever form the value came in.
///
/// The category 3 may be written `3`, `3.0` or `"3"`: all are the text `3`, so that a table and an event
/// agree. An integer keeps its digits; another number below 2^53 without a fraction is written as an integer,
/// any other as the shortest decimal that reads back; text that is no JSON number stays as it is.
enum CanonicalText {
  static func with<R>(
    _ utf8: UnsafeBufferPointer<UInt8>,
    _ body: (UnsafeBufferPointer<UInt8>) -> R
  ) -> R {
    guard let first = utf8.first, first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") < 10,
      let shape = DecimalText.shape(of: utf8), shape.isJSON
    else { return body(utf8) }
    if shape.isInteger {
      return shape.significand == 0 ? with(integer: 0, body) : body(utf8)
    }
    let number = DecimalText.double(shape, utf8)
    return number.isFinite ? with(number: number, body) : body(utf8)
  }

  static func with<R>(number: Double, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    if number.magnitude < 0x1p53, number == number.rounded(.towardZero) {
      return with(integer: Int64(number), body)
    }
    var text = number.description
    return text.withUTF8(body)
  }

  static func with<R>(integer: Int64, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    var text = String(integer)
    return text.withUTF8(body)
  }

  /// The canonical text as bytes, for texts of a declaration.
  static func bytes(of text: String) -> [UInt8] {
    var text = text
    return text.withUTF8 { with(FieldParser.trimmed($0)) { Array($0) } }
  }
}
