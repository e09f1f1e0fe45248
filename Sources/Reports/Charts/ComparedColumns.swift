/// How a number is distributed over the reference's bins, before and now: columns of equal width.
///
/// Bins hold about equal shares of the reference, so that a shift shows as a slope; the outer ones hold what lies
/// outside the reference's range, and missing values stand apart at the right.
struct ComparedColumns {
  private static let width = 360.0
  private static let height = 150.0

  /// Shares by slot: below, the bins, above, missing.
  let before: [Double]
  /// Shares by slot.
  let now: [Double]
  /// The least value, the inner edges and the largest value of the bins.
  let edges: [Double]
  let label: String

  /// Writes the drawing.
  func write(into html: inout HTMLWriter) {
    let top = max(before.max() ?? 0, now.max() ?? 0, 1e-9)
    let count = before.count
    let x = AxisScale(domain: 0...Double(count), start: 36, end: Self.width - 4)
    let y = AxisScale(domain: 0...top, start: Self.height - 22, end: 6)
    Drawing(width: Self.width, height: Self.height, label: label).write(into: &html) { html in
      for tick in y.ticks(3) {
        html.line("grid", from: (x.start, y.place(tick)), to: (x.end, y.place(tick)))
        html.label(
          NumberText.percent(tick, digits: top < 0.05 ? 1 : 0),
          x: x.start - 4,
          y: y.place(tick) + 4,
          style: "end"
        )
      }
      html.path("all-fill", StepOutline.text(before, x, y) + "z")
      html.path("now-line", StepOutline.text(now, x, y))
      html.line("axis", from: (x.start, y.start), to: (x.end, y.start))
      let last = Double(count)
      for edge in labelled {
        html.label(
          NumberText.short(edges[edge]),
          x: x.place(Double(edge + 1)),
          y: Self.height - 8,
          style: "mid"
        )
      }
      html.label("missing", x: x.place(last) + 2, y: Self.height - 8, style: "end")
    }
  }

  /// The edges that get a number: about every fifth, so that they do not touch.
  private var labelled: [Int] {
    let step = max(1, (edges.count + 3) / 4)
    let inner = stride(from: 0, to: edges.count, by: step).filter { $0 <= edges.count - 1 - step }
    // The last one only where the word for missing leaves room.
    return edges.count > 3 ? inner + [max(0, edges.count - 3)] : Array(inner.prefix(1))
  }
}

/// The outline of neighbouring columns as commands of a path.
enum StepOutline {
  static func text(_ shares: [Double], _ x: AxisScale, _ y: AxisScale) -> String {
    var commands = "M\(HTMLWriter.point(x.place(0), y.start))"
    for (bin, share) in shares.enumerated() {
      commands +=
        "V\(NumberText.coordinate(y.place(share)))H\(NumberText.coordinate(x.place(Double(bin + 1))))"
    }
    return commands + "V\(NumberText.coordinate(y.start))"
  }
}
