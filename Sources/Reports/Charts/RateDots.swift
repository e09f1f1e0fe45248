/// The default rates of categories: a dot with its interval for each, one below the other.
public struct RateDots: Sendable {
  private static let width = 360.0
  private static let rowHeight = 20.0
  private static let left = 128.0

  private let points: [RatePoint]
  private let overall: Double
  private let label: String

  /// Creates a chart.
  ///
  /// - Parameters:
  ///   - points: The categories, from the top.
  ///   - overall: The default rate of all rows, a dashed line.
  ///   - label: What is drawn, in words.
  public init(points: [RatePoint], overall: Double, label: String) {
    self.points = points
    self.overall = overall
    self.label = label
  }

  /// Writes the drawing.
  ///
  /// - Parameter html: Receives it.
  public func write(into html: inout HTMLWriter) {
    let top = min(1, max(points.map(\.upper).max() ?? 0, overall) * 1.05)
    let bottom = Double(points.count) * Self.rowHeight + 4
    let x = AxisScale(domain: 0...max(top, 1e-6), start: Self.left, end: Self.width - 14)
    Drawing(width: Self.width, height: bottom + 18, label: label).write(into: &html) { html in
      for tick in x.ticks(4) {
        html.line("grid", from: (x.place(tick), 2), to: (x.place(tick), bottom))
        html.label(
          NumberText.percent(tick, digits: top < 0.05 ? 1 : 0),
          x: x.place(tick),
          y: bottom + 13,
          style: "mid"
        )
      }
      html.line("base", from: (x.place(overall), 2), to: (x.place(overall), bottom))
      for (index, point) in points.enumerated() {
        let y = Double(index) * Self.rowHeight + 13
        html.label(ShortLabel.text(point.label), x: Self.left - 8, y: y + 4, style: "end ink")
        html.line("whisker", from: (x.place(point.lower), y), to: (x.place(point.upper), y))
        let attributes: [HTMLAttribute] = [
          .class("dot"), HTMLAttribute("cx", x.place(point.rate)), HTMLAttribute("cy", y),
          HTMLAttribute("r", "3.5"),
        ]
        html.element("circle", attributes) { html in html.element("title", [], point.summary) }
      }
    }
  }
}

/// Names that must fit beside a chart.
enum ShortLabel {
  /// A name with at most so many characters, the end of a longer one left out.
  static func text(_ name: String, limit: Int = 20) -> String {
    name.count <= limit ? name : name.prefix(limit - 1) + "…"
  }
}
