/// The default rate over the range of a number: a line with a band for its interval.
public struct RateLine: Sendable {
  private static let width = 360.0
  private static let height = 190.0

  private let points: [RatePoint]
  private let missing: RatePoint?
  private let overall: Double
  private let label: String

  /// Creates a chart.
  ///
  /// - Parameters:
  ///   - points: The groups in ascending order of the number.
  ///   - missing: The rows without a value, drawn apart.
  ///   - overall: The default rate of all rows, a dashed line.
  ///   - label: What is drawn, in words.
  public init(points: [RatePoint], missing: RatePoint?, overall: Double, label: String) {
    self.points = points
    self.missing = missing
    self.overall = overall
    self.label = label
  }

  /// Writes the drawing.
  ///
  /// - Parameter html: Receives it.
  public func write(into html: inout HTMLWriter) {
    let all = points + (missing.map { [$0] } ?? [])
    guard !all.isEmpty else { return }
    let top = min(1, max(all.map(\.upper).max() ?? 0, overall) * 1.05)
    let y = AxisScale(domain: 0...max(top, 1e-6), start: Self.height - 22, end: 8)
    let left = 36.0
    let right = missing == nil ? Self.width - 8 : Self.width - 52
    let slot = (right - left) / Double(max(1, points.count))
    func x(_ index: Int) -> Double { left + (Double(index) + 0.5) * slot }
    Drawing(width: Self.width, height: Self.height, label: label).write(into: &html) { html in
      for tick in y.ticks(4) {
        html.line("grid", from: (left, y.place(tick)), to: (Self.width - 8, y.place(tick)))
        html.label(
          NumberText.percent(tick, digits: top < 0.05 ? 1 : 0),
          x: left - 4,
          y: y.place(tick) + 4,
          style: "end"
        )
      }
      html.line("base", from: (left, y.place(overall)), to: (Self.width - 8, y.place(overall)))
      if points.count > 1 {
        let upper = points.indices.map { HTMLWriter.point(x($0), y.place(points[$0].upper)) }
        let lower = points.indices.reversed().map { HTMLWriter.point(x($0), y.place(points[$0].lower)) }
        html.path("band", "M\((upper + lower).joined(separator: "L"))z")
        let line = points.indices.map { HTMLWriter.point(x($0), y.place(points[$0].rate)) }
        html.path("bad-line", "M\(line.joined(separator: "L"))")
      }
      for (index, point) in points.enumerated() { dot(point, x: x(index), y, into: &html) }
      let every = max(1, (points.count + 5) / 6)
      for index in stride(from: 0, to: points.count, by: every) {
        html.label(points[index].tick, x: x(index), y: Self.height - 7, style: "mid")
      }
      if let missing {
        let place = Self.width - 26
        let bar =
          "M\(HTMLWriter.point(place, y.place(missing.lower)))V\(NumberText.coordinate(y.place(missing.upper)))"
        html.path("whisker", bar)
        dot(missing, x: place, y, into: &html)
        html.label(missing.tick, x: place, y: Self.height - 7, style: "mid")
      }
    }
  }

  private func dot(_ point: RatePoint, x: Double, _ y: AxisScale, into html: inout HTMLWriter) {
    let attributes: [HTMLAttribute] = [
      .class("dot"), HTMLAttribute("cx", x), HTMLAttribute("cy", y.place(point.rate)),
      HTMLAttribute("r", "3"),
    ]
    html.element("circle", attributes) { html in html.element("title", [], point.summary) }
  }
}

extension RatePoint {
  /// The point in words.
  var summary: String {
    "\(label): \(NumberText.percent(rate)) (\(NumberText.percent(lower)) to \(NumberText.percent(upper))), "
      + "\(NumberText.percent(share)) of the rows"
  }
}
