/// How categories are distributed before and now: a pair of bars each.
struct ComparedBars {
  struct Bar {
    let label: String
    let before: Double
    let now: Double
  }

  private static let width = 360.0
  private static let rowHeight = 19.0
  private static let left = 132.0

  let bars: [Bar]
  let label: String

  /// Writes the drawing.
  func write(into html: inout HTMLWriter) {
    let top = max(bars.map { max($0.before, $0.now) }.max() ?? 0, 1e-6)
    let bottom = Double(bars.count) * Self.rowHeight + 3
    let x = AxisScale(domain: 0...top, start: Self.left, end: Self.width - 14)
    Drawing(width: Self.width, height: bottom + 18, label: label).write(into: &html) { html in
      for tick in x.ticks(3) {
        html.line("grid", from: (x.place(tick), 2), to: (x.place(tick), bottom))
        html.label(
          NumberText.percent(tick, digits: top < 0.05 ? 1 : 0),
          x: x.place(tick),
          y: bottom + 13,
          style: "mid"
        )
      }
      // One path for each side is half as long as one for each bar.
      html.path("all-fill", path(x, offset: 2) { $0.before })
      html.path("now-fill", path(x, offset: 9) { $0.now })
      for (index, bar) in bars.enumerated() {
        let y = Double(index) * Self.rowHeight + 13
        html.label(ShortLabel.text(bar.label), x: Self.left - 7, y: y, style: "end ink")
      }
    }
  }

  private func path(_ x: AxisScale, offset: Double, _ share: (Bar) -> Double) -> String {
    bars.enumerated().map { index, bar in
      let width = NumberText.coordinate(x.place(share(bar)) - x.start)
      let y = Double(index) * Self.rowHeight + offset
      return "M\(HTMLWriter.point(x.start, y))h\(width)v6h-\(width)z"
    }.joined()
  }
}
