/// A wide block that scrolls by itself, also with the keyboard, instead of widening the page.
public struct ScrollArea: Sendable {
  private let label: String

  /// Creates an area.
  ///
  /// - Parameter label: What stands in it.
  public init(_ label: String) {
    self.label = label
  }

  /// Writes the area.
  ///
  /// - Parameters:
  ///   - html: Receives it.
  ///   - content: Writes what stands in it.
  public func write(into html: inout HTMLWriter, _ content: (inout HTMLWriter) -> Void) {
    let attributes: [HTMLAttribute] = [
      .class("scroll"), HTMLAttribute("role", "region"), HTMLAttribute("aria-label", label),
      HTMLAttribute("tabindex", "0"),
    ]
    html.element("div", attributes, content)
  }
}
