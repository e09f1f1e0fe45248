/// A word in a small frame.
public struct Chip: Sendable {
  private let text: String
  private let kind: Notice.Kind?

  /// Creates a chip.
  ///
  /// - Parameters:
  ///   - text: The word.
  ///   - kind: How grave it is; `nil` for a plain property.
  public init(_ text: String, _ kind: Notice.Kind? = nil) {
    self.text = text
    self.kind = kind
  }

  /// Writes the chip after a blank.
  ///
  /// - Parameter html: Receives it.
  public func write(into html: inout HTMLWriter) {
    html.markup(" ")
    html.element("span", [.class(kind.map { "chip \($0.rawValue)" } ?? "chip")], text)
  }
}
