/// Many rows as dots: how something depends on the values of a field.
public struct ScatterPlot: Sendable {
  private static let width = 360.0
  private static let height = 200.0

  private let points: [(x: Double, y: Double)]
  private let names: (x: String, y: String)
  private let label: String

  /// Creates a chart.
  ///
  /// - Parameters:
  ///   - points: The dots.
  ///   - names: What the axes are.
  ///   - label: What is drawn, in words.
  public init(_ points: [(x: Double, y: Double)], names: (x: String, y: String), label: String) {
    self.points = points
    self.names = names
    self.label = label
  }

  /// Writes the drawing; nothing without dots.
  ///
  /// - Parameter html: Receives it.
  public func write(into html: inout HTMLWriter) {
    let sorted = points.map(\.x).sorted()
    guard let first = sorted.first, let last = sorted.last else { return }
    // The outermost hundredth stands at the edge, or one client would press all others together.
    let low = sorted[sorted.count / 100]
    let high = sorted[sorted.count - 1 - sorted.count / 100]
    let domain = low < high ? low...high : first...max(last, first + 1e-9)
    let values = points.map(\.y)
    let (least, greatest) = (values.min() ?? 0, values.max() ?? 0)
    let x = AxisScale(domain: domain, start: 44, end: Self.width - 10)
    let y = AxisScale(
      domain: least...max(greatest, least + 1e-9),
      start: Self.height - 36,
      end: 18
    )
    Drawing(width: Self.width, height: Self.height, label: label).write(into: &html) { html in
      for tick in y.ticks(4) {
        html.line("grid", from: (x.start, y.place(tick)), to: (x.end, y.place(tick)))
        html.label(NumberText.short(tick), x: x.start - 5, y: y.place(tick) + 4, style: "end")
      }
      for tick in x.ticks(5) {
        html.label(NumberText.short(tick), x: x.place(tick), y: y.start + 14, style: "mid")
      }
      html.line("base", from: (x.start, y.place(0)), to: (x.end, y.place(0)))
      html.label(
        ShortLabel.text(names.x, limit: 44),
        x: (x.start + x.end) / 2,
        y: Self.height - 4,
        style: "mid"
      )
      html.label(names.y, x: 0, y: 10)
      html.path(
        "speck level3",
        points.map { "M\(HTMLWriter.point(x.place($0.x), y.place($0.y)))h0" }.joined()
      )
    }
  }
}
