/// The course of a rate in the space of a word.
public struct Sparkline: Sendable {
  private let values: [Double]
  private let overall: Double

  /// Creates a line.
  ///
  /// - Parameters:
  ///   - values: The rates in order.
  ///   - overall: The rate of all rows, a dashed line.
  public init(_ values: [Double], overall: Double) {
    self.values = values
    self.overall = overall
  }

  /// Writes the drawing; it repeats what stands elsewhere in words and is hidden from screen readers.
  ///
  /// - Parameter html: Receives it.
  public func write(into html: inout HTMLWriter) {
    guard values.count > 1 else { return }
    let top = max(values.max() ?? 0, overall, 1e-9)
    let x = AxisScale(domain: 0...Double(values.count - 1), start: 2, end: 98)
    let y = AxisScale(domain: 0...top, start: 24, end: 3)
    let line = values.enumerated().map { HTMLWriter.point(x.place(Double($0)), y.place($1)) }
    html.element("svg", [HTMLAttribute("viewBox", "0 0 100 26"), HTMLAttribute("aria-hidden", "true")]) {
      html in
      html.line("base", from: (2, y.place(overall)), to: (98, y.place(overall)))
      html.path("bad-line", "M\(line.joined(separator: "L"))")
    }
  }
}
