/// A drawing with its title, and a key to its colours where there are two.
public struct Figure: Sendable {
  private let title: String
  private let remark: String
  private let hasOutcomeKey: Bool

  /// Creates a figure.
  ///
  /// - Parameters:
  ///   - title: What is drawn.
  ///   - remark: How to read it.
  ///   - hasOutcomeKey: Whether repaid and defaulted are told apart by colour.
  public init(_ title: String, remark: String = "", hasOutcomeKey: Bool = false) {
    self.title = title
    self.remark = remark
    self.hasOutcomeKey = hasOutcomeKey
  }

  /// Writes the figure.
  ///
  /// - Parameters:
  ///   - html: Receives it.
  ///   - drawing: Writes the drawing.
  public func write(into html: inout HTMLWriter, _ drawing: (inout HTMLWriter) -> Void) {
    html.element("figure") { html in
      html.element("figcaption") { html in
        html.element("b", [], title)
        if !remark.isEmpty { html.text(" " + remark) }
        if hasOutcomeKey {
          html.markup(
            " <span class=\"keys\"><i class=\"key good-key\"></i>repaid <i class=\"key bad-key\"></i>defaulted</span>"
          )
        }
      }
      drawing(&html)
    }
  }
}
