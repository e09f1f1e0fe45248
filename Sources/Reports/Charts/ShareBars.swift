/// Sizes beside each other, the largest first: which fields matter.
public struct ShareBars: Sendable {
  private static let width = 420.0
  private static let left = 176.0
  private static let rowHeight = 20.0

  private let bars: [(name: String, size: Double, text: String)]
  private let label: String

  /// Creates a chart.
  ///
  /// - Parameters:
  ///   - bars: The bars from the top: a name, a size of 0 or more, and the size as text.
  ///   - label: What is drawn, in words.
  public init(_ bars: [(name: String, size: Double, text: String)], label: String) {
    self.bars = bars
    self.label = label
  }

  /// Writes the drawing.
  ///
  /// - Parameter html: Receives it.
  public func write(into html: inout HTMLWriter) {
    let top = max(bars.map(\.size).max() ?? 0, 1e-12)
    let x = AxisScale(domain: 0...top, start: Self.left, end: Self.width - 56)
    Drawing(width: Self.width, height: Double(bars.count) * Self.rowHeight + 6, label: label)
      .write(into: &html) { html in
        for (index, bar) in bars.enumerated() {
          let y = Double(index) * Self.rowHeight + 4
          html.label(ShortLabel.text(bar.name, limit: 22), x: Self.left - 8, y: y + 12, style: "end ink")
          html.rectangle("good-fill", x: x.start, y: y, width: x.place(bar.size) - x.start, height: 14)
          html.label(bar.text, x: x.place(max(0, bar.size)) + 5, y: y + 12)
        }
      }
  }
}
