/// The course of an index over windows, with the level from which it counts as a shift.
struct CourseLine {
  private static let width = 360.0
  private static let height = 110.0

  let values: [Double]
  /// Lines across the drawing.
  let levels: [Double]
  /// What the first and the last window are called.
  let ends: (String, String)
  let label: String

  /// Writes the drawing; a window without a value leaves a gap.
  func write(into html: inout HTMLWriter) {
    guard values.count > 1 else { return }
    let shown = values.filter(\.isFinite)
    let top = max(shown.max() ?? 0, levels.first ?? 0, 1e-6)
    let x = AxisScale(domain: 0...Double(values.count - 1), start: 40, end: Self.width - 8)
    let y = AxisScale(domain: 0...top, start: Self.height - 20, end: 8)
    Drawing(width: Self.width, height: Self.height, label: label).write(into: &html) { html in
      html.line("axis", from: (x.start, y.start), to: (x.end, y.start))
      html.label(NumberText.short(top), x: x.start - 4, y: 12, style: "end")
      html.label("0", x: x.start - 4, y: y.start + 4, style: "end")
      for level in levels where level <= top {
        html.line("base", from: (x.start, y.place(level)), to: (x.end, y.place(level)))
      }
      html.path("now-line", commands(x, y))
      html.label(ShortLabel.text(ends.0, limit: 24), x: x.start, y: Self.height - 5)
      html.label(ShortLabel.text(ends.1, limit: 24), x: x.end, y: Self.height - 5, style: "end")
    }
  }

  private func commands(_ x: AxisScale, _ y: AxisScale) -> String {
    var isGap = true
    var commands = ""
    for (index, value) in values.enumerated() {
      guard value.isFinite else {
        isGap = true
        continue
      }
      commands += (isGap ? "M" : "L") + HTMLWriter.point(x.place(Double(index)), y.place(value))
      isGap = false
    }
    return commands
  }
}
