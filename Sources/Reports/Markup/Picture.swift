/// One drawing as a file of its own: SVG that needs nothing from elsewhere.
public struct Picture: Sendable {
  private let title: String
  private let width: Double
  private let height: Double

  /// Creates a picture.
  ///
  /// - Parameters:
  ///   - title: What is drawn; stands above the drawing.
  ///   - width: The drawing's width.
  ///   - height: The drawing's height.
  public init(title: String, width: Double, height: Double) {
    (self.title, self.width, self.height) = (title, width, height)
  }

  /// Writes the picture.
  ///
  /// - Parameter drawing: Writes one chart.
  /// - Returns: The file, UTF-8.
  public func bytes(_ drawing: (inout HTMLWriter) -> Void) -> [UInt8] {
    var html = HTMLWriter()
    let (whole, tall) = (NumberText.coordinate(width + 40), NumberText.coordinate(height + 56))
    let attributes: [HTMLAttribute] = [
      HTMLAttribute("xmlns", "http://www.w3.org/2000/svg"), HTMLAttribute("viewBox", "0 0 \(whole) \(tall)"),
    ]
    html.element("svg", attributes) { html in
      html.markup("<style>")
      html.markup(PageStyle.sheet)
      html.markup("</style>")
      html.element("style", [], "svg text.title{font-size:15px;font-weight:600}")
      html.element(
        "rect",
        [
          HTMLAttribute("width", "100%"), HTMLAttribute("height", "100%"),
          HTMLAttribute("style", "fill:var(--card)"),
        ],
        ""
      )
      html.element("text", [HTMLAttribute("x", "20"), HTMLAttribute("y", "28"), .class("ink title")], title)
      html.element("g", [HTMLAttribute("transform", "translate(20 44)")], drawing)
    }
    html.markup("\n")
    return html.bytes
  }
}
