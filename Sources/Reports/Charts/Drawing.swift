/// The frame of a chart: an SVG picture with a text for those who do not see it.
struct Drawing {
  let width: Double
  let height: Double
  let label: String

  /// Writes the picture.
  ///
  /// - Parameters:
  ///   - html: Receives it.
  ///   - content: Draws.
  func write(into html: inout HTMLWriter, _ content: (inout HTMLWriter) -> Void) {
    let box = "0 0 \(NumberText.coordinate(width)) \(NumberText.coordinate(height))"
    let attributes = [
      HTMLAttribute("viewBox", box), HTMLAttribute("role", "img"), HTMLAttribute("aria-label", label),
    ]
    html.element("svg", attributes, content)
    html.markup("\n")
  }
}

extension HTMLWriter {
  /// Draws a straight line.
  mutating func line(_ style: String, from: (x: Double, y: Double), to: (x: Double, y: Double)) {
    path(style, "M\(Self.point(from.x, from.y))L\(Self.point(to.x, to.y))")
  }

  /// Draws a path.
  mutating func path(_ style: String, _ commands: String) {
    element("path", [.class(style), HTMLAttribute("d", commands)], "")
  }

  /// Draws a rectangle.
  mutating func rectangle(_ style: String, x: Double, y: Double, width: Double, height: Double) {
    // A path is shorter than a rectangle with its four attributes, and there are thousands.
    let right = NumberText.coordinate(max(0, width))
    path(style, "M\(Self.point(x, y))h\(right)v\(NumberText.coordinate(max(0, height)))h-\(right)z")
  }

  /// Writes a text into a drawing.
  mutating func label(_ text: String, x: Double, y: Double, style: String = "") {
    let place = [HTMLAttribute("x", x), HTMLAttribute("y", y)]
    element("text", style.isEmpty ? place : place + [.class(style)], text)
  }

  /// The text of a point.
  static func point(_ x: Double, _ y: Double) -> String {
    "\(NumberText.coordinate(x)) \(NumberText.coordinate(y))"
  }
}
