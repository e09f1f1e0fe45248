/// How one application's margin comes together: from the base, step by step, to the result.
public struct Waterfall: Sendable {
  private static let left = 250.0
  private static let rowHeight = 26.0

  /// The drawing's width.
  public let width = 640.0
  /// The drawing's height.
  public var height: Double { bottom + 20 }

  private var bottom: Double { Double(steps.count + 2) * Self.rowHeight + 6 }
  private let base: Double
  private let steps: [(name: String, size: Double)]
  private let label: String

  /// Creates a chart.
  ///
  /// - Parameters:
  ///   - base: Where the steps begin.
  ///   - steps: The steps from the top: what it is, and by how much it raises or lowers the margin.
  ///   - label: What is drawn, in words.
  public init(base: Double, steps: [(name: String, size: Double)], label: String) {
    self.base = base
    self.steps = steps
    self.label = label
  }

  /// Writes the drawing.
  ///
  /// - Parameter html: Receives it.
  public func write(into html: inout HTMLWriter) {
    Drawing(width: width, height: height, label: label).write(into: &html) { draw(into: &$0) }
  }

  /// Draws into a picture that is there already.
  ///
  /// - Parameter html: Receives the shapes.
  public func draw(into html: inout HTMLWriter) {
    var ends = [base]
    for step in steps { ends.append((ends.last ?? base) + step.size) }
    let (least, greatest) = (ends.min() ?? base, ends.max() ?? base)
    let edge = max(greatest - least, 1e-9) * 0.12
    let x = AxisScale(domain: least - edge...greatest + edge, start: Self.left, end: width - 8)
    for tick in x.ticks(6) {
      html.line("grid", from: (x.place(tick), 2), to: (x.place(tick), bottom))
      html.label(NumberText.short(tick), x: x.place(tick), y: bottom + 14, style: "mid")
    }
    mark("what the model expects of anybody", base, row: 0, x, into: &html)
    for (index, step) in steps.enumerated() {
      let y = Double(index + 1) * Self.rowHeight + 6
      let (from, to) = (x.place(ends[index]), x.place(ends[index + 1]))
      html.line("axis", from: (from, y - Self.rowHeight + 16), to: (from, y + 16))
      html.label(ShortLabel.text(step.name, limit: 38), x: Self.left - 10, y: y + 12, style: "end ink")
      html.rectangle(
        step.size >= 0 ? "plus" : "minus",
        x: min(from, to),
        y: y,
        width: max(1, (to - from).magnitude),
        height: 16
      )
      let text = (step.size >= 0 ? "+" : "") + NumberText.fixed(step.size, digits: 3)
      // The text stands on the side that has room.
      if max(from, to) + 50 < width {
        html.label(text, x: max(from, to) + 4, y: y + 12)
      } else {
        html.label(text, x: min(from, to) - 4, y: y + 12, style: "end")
      }
    }
    mark("this application", ends[ends.count - 1], row: steps.count + 1, x, into: &html)
  }

  private func mark(_ name: String, _ value: Double, row: Int, _ x: AxisScale, into html: inout HTMLWriter) {
    let y = Double(row) * Self.rowHeight + 6
    html.label(name, x: Self.left - 10, y: y + 12, style: "end")
    html.line("bad-line", from: (x.place(value), y), to: (x.place(value), y + 16))
    let text = NumberText.fixed(value, digits: 3)
    if x.place(value) + 50 < width {
      html.label(text, x: x.place(value) + 4, y: y + 12, style: "ink")
    } else {
      html.label(text, x: x.place(value) - 4, y: y + 12, style: "end ink")
    }
  }
}
