/// Writes HTML and SVG as bytes, and escapes every text and attribute on the way.
///
/// Tags and attribute names are literals of the program; whatever comes from data can only be a text or the value of
/// an attribute, and so can never become markup.
public struct HTMLWriter: Sendable {
  /// What has been written so far, UTF-8.
  public private(set) var bytes: [UInt8] = []

  /// An empty writer.
  public init() {}

  /// Writes a text.
  ///
  /// - Parameter text: Any text; what has a meaning in HTML is escaped, control characters become U+FFFD.
  public mutating func text(_ text: String) {
    for byte in text.utf8 { append(escaping: byte) }
  }

  /// Writes markup of the program itself.
  ///
  /// - Parameter markup: A literal.
  public mutating func markup(_ markup: StaticString) {
    markup.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Writes an element with what stands in it.
  ///
  /// - Parameters:
  ///   - tag: The element's name.
  ///   - attributes: Its attributes, in order.
  ///   - content: Writes what stands in it.
  public mutating func element(
    _ tag: StaticString,
    _ attributes: [HTMLAttribute] = [],
    _ content: (inout HTMLWriter) -> Void
  ) {
    open(tag, attributes)
    content(&self)
    markup("</")
    markup(tag)
    markup(">")
  }

  /// Writes an element that holds a text.
  ///
  /// - Parameters:
  ///   - tag: The element's name.
  ///   - attributes: Its attributes, in order.
  ///   - text: The text.
  public mutating func element(_ tag: StaticString, _ attributes: [HTMLAttribute] = [], _ text: String) {
    element(tag, attributes) { $0.text(text) }
  }

  /// Writes the start tag of an element, or the whole of one that has no content.
  ///
  /// - Parameters:
  ///   - tag: The element's name.
  ///   - attributes: Its attributes, in order.
  public mutating func open(_ tag: StaticString, _ attributes: [HTMLAttribute] = []) {
    markup("<")
    markup(tag)
    for attribute in attributes {
      markup(" ")
      markup(attribute.name)
      markup("=\"")
      text(attribute.value)
      markup("\"")
    }
    markup(">")
  }

  private mutating func append(escaping byte: UInt8) {
    switch byte {
    case UInt8(ascii: "&"): markup("&amp;")
    case UInt8(ascii: "<"): markup("&lt;")
    case UInt8(ascii: ">"): markup("&gt;")
    case UInt8(ascii: "\""): markup("&quot;")
    case UInt8(ascii: "'"): markup("&#39;")
    case 0x09, 0x0A: bytes.append(byte)
    case 0..<0x20, 0x7F: markup("\u{FFFD}")
    default: bytes.append(byte)
    }
  }
}
