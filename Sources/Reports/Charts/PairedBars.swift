/// How categories are distributed, among repaid and defaulted rows apart or among all.
public struct PairedBars: Sendable {
  /// One category.
  public struct Bar: Sendable {
    let label: String
    let repaid: Double
    let defaulted: Double?

    /// Creates a bar.
    ///
    /// - Parameters:
    ///   - label: The category.
    ///   - repaid: Its share of the repaid rows; without outcomes that of all rows.
    ///   - defaulted: Its share of the defaulted rows; `nil` without outcomes.
    public init(label: String, repaid: Double, defaulted: Double?) {
      self.label = label
      self.repaid = repaid
      self.defaulted = defaulted
    }
  }

  private static let width = 360.0
  private static let rowHeight = 20.0
  private static let left = 128.0

  private let bars: [Bar]
  private let label: String

  /// Creates a chart.
  ///
  /// - Parameters:
  ///   - bars: The categories, from the top.
  ///   - label: What is drawn, in words.
  public init(bars: [Bar], label: String) {
    self.bars = bars
    self.label = label
  }

  /// Writes the drawing.
  ///
  /// - Parameter html: Receives it.
  public func write(into html: inout HTMLWriter) {
    let top = max(bars.map { max($0.repaid, $0.defaulted ?? 0) }.max() ?? 0, 1e-6)
    let bottom = Double(bars.count) * Self.rowHeight + 4
    let x = AxisScale(domain: 0...top, start: Self.left, end: Self.width - 14)
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
      for (index, bar) in bars.enumerated() {
        let y = Double(index) * Self.rowHeight + 5
        html.label(ShortLabel.text(bar.label), x: Self.left - 8, y: y + 12, style: "end ink")
        let width = x.place(bar.repaid) - x.start
        guard let defaulted = bar.defaulted else {
          html.rectangle("all-fill", x: x.start, y: y + 2, width: width, height: 12)
          continue
        }
        html.rectangle("good-fill", x: x.start, y: y, width: width, height: 7)
        html.rectangle("dot", x: x.start, y: y + 8, width: x.place(defaulted) - x.start, height: 7)
      }
    }
  }
}
