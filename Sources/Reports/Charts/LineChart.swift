/// Curves over a common axis: ROC, precision and recall, costs, calibration.
public struct LineChart: Sendable {
  private static let width = 360.0
  private static let height = 240.0

  /// How a curve is drawn.
  public enum Style: String, Sendable {
    /// The curve that matters.
    case main = "bad-line"
    /// One beside it.
    case other = "good-line"
    /// What is expected, dashed.
    case reference = "base"
  }

  /// One curve.
  public struct Series: Sendable {
    let style: Style
    let points: [(x: Double, y: Double)]

    /// Creates a curve.
    ///
    /// - Parameters:
    ///   - style: How it is drawn.
    ///   - points: Its points, in order.
    public init(_ style: Style, _ points: [(x: Double, y: Double)]) {
      self.style = style
      self.points = points
    }
  }

  /// A point with its interval.
  public struct Whisker: Sendable {
    let x: Double
    let y: Double
    let lower: Double
    let upper: Double
    let title: String

    /// Creates a point.
    ///
    /// - Parameters:
    ///   - x: Its place.
    ///   - y: Its value.
    ///   - lower: The lower end of the value's interval.
    ///   - upper: The upper end.
    ///   - title: The point in words.
    public init(x: Double, y: Double, lower: Double, upper: Double, title: String) {
      (self.x, self.y, self.lower, self.upper, self.title) = (x, y, lower, upper, title)
    }
  }

  private let series: [Series]
  private let whiskers: [Whisker]
  private let band: ClosedRange<Double>?
  private let marks: [Double]
  private let x: ClosedRange<Double>
  private let y: ClosedRange<Double>
  private let names: (x: String, y: String)
  private let isPercent: (x: Bool, y: Bool)
  private let label: String

  /// Creates a chart.
  ///
  /// - Parameters:
  ///   - series: The curves.
  ///   - whiskers: Points with intervals.
  ///   - marks: Places of upright lines.
  ///   - band: An upright band, an interval on the horizontal axis.
  ///   - x: What the horizontal axis covers.
  ///   - y: What the upright axis covers.
  ///   - names: What the axes are.
  ///   - isPercent: Whether the axes are shares.
  ///   - label: What is drawn, in words.
  public init(
    _ series: [Series],
    whiskers: [Whisker] = [],
    marks: [Double] = [],
    band: ClosedRange<Double>? = nil,
    x: ClosedRange<Double>,
    y: ClosedRange<Double>,
    names: (x: String, y: String),
    isPercent: (x: Bool, y: Bool) = (true, true),
    label: String
  ) {
    (self.series, self.whiskers, self.marks, self.band) = (series, whiskers, marks, band)
    (self.x, self.y, self.names, self.isPercent, self.label) = (x, y, names, isPercent, label)
  }

  /// Writes the drawing.
  ///
  /// - Parameter html: Receives it.
  public func write(into html: inout HTMLWriter) {
    let across = AxisScale(domain: x, start: 44, end: Self.width - 10)
    let up = AxisScale(domain: y, start: Self.height - 38, end: 18)
    Drawing(width: Self.width, height: Self.height, label: label).write(into: &html) { html in
      for tick in up.ticks(5) {
        html.line("grid", from: (across.start, up.place(tick)), to: (across.end, up.place(tick)))
        html.label(text(tick, isPercent.y, y), x: across.start - 5, y: up.place(tick) + 4, style: "end")
      }
      for tick in across.ticks(5) {
        html.label(text(tick, isPercent.x, x), x: across.place(tick), y: up.start + 15, style: "mid")
      }
      html.line("axis", from: (across.start, up.start), to: (across.end, up.start))
      html.label(names.x, x: (across.start + across.end) / 2, y: Self.height - 5, style: "mid")
      html.label(names.y, x: 0, y: 10)
      if let band {
        let (from, to) = (across.place(band.lowerBound), across.place(band.upperBound))
        html.rectangle("band", x: from, y: up.end, width: to - from, height: up.start - up.end)
      }
      for mark in marks where x.contains(mark) {
        html.line("base", from: (across.place(mark), up.start), to: (across.place(mark), up.end))
      }
      for curve in series {
        let places = curve.points.map { HTMLWriter.point(across.place($0.x), up.place($0.y)) }
        if !places.isEmpty { html.path(curve.style.rawValue, "M" + places.joined(separator: "L")) }
      }
      for point in whiskers {
        let place = across.place(point.x)
        html.line("whisker", from: (place, up.place(point.lower)), to: (place, up.place(point.upper)))
        let attributes: [HTMLAttribute] = [
          .class("dot"), HTMLAttribute("cx", place), HTMLAttribute("cy", up.place(point.y)),
          HTMLAttribute("r", "3"),
        ]
        html.element("circle", attributes) { $0.element("title", [], point.title) }
      }
    }
  }

  private func text(_ tick: Double, _ isPercent: Bool, _ domain: ClosedRange<Double>) -> String {
    guard isPercent else { return NumberText.short(tick) }
    return NumberText.percent(tick, digits: domain.upperBound - domain.lowerBound < 0.05 ? 1 : 0)
  }
}
