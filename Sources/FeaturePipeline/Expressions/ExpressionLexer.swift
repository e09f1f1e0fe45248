/// Cuts the text of an expression into tokens.
struct ExpressionLexer {
  /// The smallest meaningful piece of an expression.
  struct Token: Equatable {
    enum Kind: Equatable {
      case number(Double)
      case text(String)
      case name(String)
      /// An operator, a bracket, a comma or a word such as `and`.
      case symbol(String)
      case end
    }

    var kind: Kind
    var offset: Int
  }

  private static let words: Set<String> = ["and", "or", "not", "in"]

  private let source: String
  private let bytes: [UInt8]
  private var position = 0

  /// Prepares to read a text.
  ///
  /// - Parameter source: The text of an expression.
  init(_ source: String) {
    self.source = source
    bytes = [UInt8](source.utf8)
  }

  /// All tokens of the text, the last being `end`.
  ///
  /// - Returns: The tokens in order.
  /// - Throws: ``ExpressionError`` at a character that begins no token.
  mutating func tokens() throws(ExpressionError) -> [Token] {
    var tokens: [Token] = []
    while true {
      let token = try next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private mutating func next() throws(ExpressionError) -> Token {
    while let byte = byte(at: position), byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
    let start = position
    guard let first = byte(at: start) else { return Token(kind: .end, offset: start) }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."):
      return Token(kind: .number(try number()), offset: start)
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      return Token(kind: .text(try quoted(by: first)), offset: start)
    case UInt8(ascii: "`"):
      return Token(kind: .name(try quoted(by: first)), offset: start)
    case _ where Self.beginsName(first):
      while let byte = byte(at: position), Self.beginsName(byte) || Self.continuesName(byte) { position += 1 }
      let name = text(start..<position)
      return Token(kind: Self.words.contains(name) ? .symbol(name) : .name(name), offset: start)
    default:
      return Token(kind: .symbol(try symbol()), offset: start)
    }
  }

  private mutating func number() throws(ExpressionError) -> Double {
    let start = position
    while let byte = byte(at: position) {
      let isExponentSign =
        (byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+"))
        && (bytes[position - 1] | 0x20) == UInt8(ascii: "e") && position > start
      guard isExponentSign || byte == UInt8(ascii: ".") || Self.continuesName(byte) || Self.beginsName(byte)
      else { break }
      position += 1
    }
    let written = text(start..<position)
    // `Double` would also accept hexadecimal numbers, "inf" and "nan"; an expression has decimal ones.
    let isDecimal = written.utf8.allSatisfy {
      Self.isDigit($0) || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+")].contains($0)
        || $0 | 0x20 == UInt8(ascii: "e")
    }
    guard isDecimal, let number = Double(written), number.isFinite else {
      throw error("\"\(written)\" is not a number; write numbers like 12, 0.5 or 1e6", at: start)
    }
    return number
  }

  private mutating func quoted(by quote: UInt8) throws(ExpressionError) -> String {
    let start = position
    position += 1
    var content: [UInt8] = []
    while let byte = byte(at: position) {
      position += 1
      if byte == quote { return String(decoding: content, as: UTF8.self) }
      if byte == UInt8(ascii: "\\"), let escaped = self.byte(at: position),
        escaped == quote || escaped == byte
      {
        content.append(escaped)
        position += 1
      } else {
        content.append(byte)
      }
    }
    let sign = Character(Unicode.Scalar(quote))
    throw error("the text that begins here has no end; close it with \(sign)", at: start)
  }

  private mutating func symbol() throws(ExpressionError) -> String {
    let start = position
    let pair = text(start..<min(start + 2, bytes.count))
    if ["<=", ">=", "==", "!="].contains(pair) {
      position += 2
      return pair
    }
    let single = text(start..<start + 1)
    let remedies = [
      "=": "compare with ==", "&": "write and", "|": "write or", "!": "write not", "^": "multiply",
    ]
    if let remedy = remedies[single] { throw error("\"\(single)\" is no operator; \(remedy)", at: start) }
    guard "+-*/<>(),".contains(single) else {
      throw error(
        "unexpected character \"\(single)\"; a name with such characters is written in `back ticks`",
        at: start
      )
    }
    position += 1
    return single
  }

  private func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private func error(_ message: String, at offset: Int) -> ExpressionError {
    ExpressionError(.syntax, message, at: offset, of: source)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func continuesName(_ byte: UInt8) -> Bool { isDigit(byte) || byte == UInt8(ascii: ".") }

  private static func beginsName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= 0x80
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
