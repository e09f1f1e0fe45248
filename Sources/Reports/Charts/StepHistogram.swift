/// How a number is distributed, among defaulted and repaid rows apart or among all.
public struct StepHistogram: Sendable {
  private static let width = 360.0
  private static let height = 190.0

  private let edges: [Double]
  private let repaid: [Double]
  private let defaulted: [Double]
  private let label: String

  /// Creates a histogram.
  ///
  /// - Parameters:
  ///   - edges: The edges of the bins, ascending and equally far apart: one more than bins.
  ///   - repaid: The share of the repaid rows in each bin; without outcomes that of all rows.
  ///   - defaulted: The share of the defaulted rows in each bin; empty without outcomes.
  ///   - label: What is drawn, in words.
  public init(edges: [Double], repaid: [Double], defaulted: [Double], label: String) {
    self.edges = edges
    self.repaid = repaid
    self.defaulted = defaulted
    self.label = label
  }

  /// Writes the drawing.
  ///
  /// - Parameter html: Receives it.
  public func write(into html: inout HTMLWriter) {
    guard let first = edges.first, let last = edges.last, edges.count > 1 else { return }
    let top = max(repaid.max() ?? 0, defaulted.max() ?? 0, 1e-9)
    let x = AxisScale(domain: first...last, start: 36, end: Self.width - 6)
    let y = AxisScale(domain: 0...top, start: Self.height - 22, end: 8)
    Drawing(width: Self.width, height: Self.height, label: label).write(into: &html) { html in
      for tick in y.ticks(4) {
        html.line("grid", from: (x.start, y.place(tick)), to: (x.end, y.place(tick)))
        html.label(
          NumberText.percent(tick, digits: top < 0.05 ? 1 : 0),
          x: x.start - 4,
          y: y.place(tick) + 4,
          style: "end"
        )
      }
      if defaulted.isEmpty {
        html.path("all-fill", outline(repaid, x, y) + "z")
      } else {
        html.path("good-fill", outline(repaid, x, y) + "z")
        html.path("good-line", outline(repaid, x, y))
        html.path("bad-line", outline(defaulted, x, y))
      }
      html.line("axis", from: (x.start, y.start), to: (x.end, y.start))
      // The first and last edges hold the tails; ticks between them are enough.
      for tick in x.ticks(5) {
        html.label(NumberText.short(tick), x: x.place(tick), y: Self.height - 7, style: "mid")
      }
    }
  }

  private func outline(_ shares: [Double], _ x: AxisScale, _ y: AxisScale) -> String {
    var commands = "M\(HTMLWriter.point(x.place(edges[0]), y.start))"
    for (bin, share) in shares.enumerated() {
      commands +=
        "V\(NumberText.coordinate(y.place(share)))H\(NumberText.coordinate(x.place(edges[bin + 1])))"
    }
    return commands + "V\(NumberText.coordinate(y.start))"
  }
}
