/// What each row's value of several fields does: one dot a row, coloured by whether its value is low or high.
public struct Beeswarm: Sendable {
  private static let width = 560.0
  private static let left = 176.0
  private static let rowHeight = 30.0
  private static let colours = 5

  /// One row's dot.
  public struct Dot: Sendable {
    let effect: Double
    let rank: Double?

    /// Creates a dot.
    ///
    /// - Parameters:
    ///   - effect: What the value does: its horizontal place.
    ///   - rank: How high the value is among all, 0...1; nil for a missing one.
    public init(effect: Double, rank: Double?) {
      self.effect = effect
      self.rank = rank
    }
  }

  private let fields: [(name: String, dots: [Dot])]
  private let label: String

  /// Creates a chart.
  ///
  /// - Parameters:
  ///   - fields: The fields from the top, with their dots.
  ///   - label: What is drawn, in words.
  public init(_ fields: [(name: String, dots: [Dot])], label: String) {
    self.fields = fields
    self.label = label
  }

  /// Writes the drawing.
  ///
  /// - Parameter html: Receives it.
  public func write(into html: inout HTMLWriter) {
    let effects = fields.flatMap { $0.dots.map(\.effect) }
    let low = min(0, effects.min() ?? 0)
    let high = max(effects.max() ?? 0, low + 1e-6)
    let bottom = Double(fields.count) * Self.rowHeight + 4
    let x = AxisScale(domain: low...high, start: Self.left, end: Self.width - 10)
    ScrollArea(label).write(into: &html) { html in
      html.element("div", [HTMLAttribute("style", "min-width:480px;max-width:820px")]) { html in
        Drawing(width: Self.width, height: bottom + 20, label: label).write(into: &html) { html in
          for tick in x.ticks(6) {
            html.line("grid", from: (x.place(tick), 2), to: (x.place(tick), bottom))
            html.label(NumberText.short(tick), x: x.place(tick), y: bottom + 14, style: "mid")
          }
          html.line("base", from: (x.place(0), 2), to: (x.place(0), bottom))
          for (index, field) in fields.enumerated() {
            let y = (Double(index) + 0.5) * Self.rowHeight + 2
            html.label(ShortLabel.text(field.name, limit: 20), x: Self.left - 8, y: y + 4, style: "end ink")
            swarm(field.dots, x, around: y, into: &html)
          }
        }
      }
    }
  }

  /// Dots that would cover each other are stacked away from the middle, one path for each colour.
  private func swarm(_ dots: [Dot], _ x: AxisScale, around y: Double, into html: inout HTMLWriter) {
    var paths = [String](repeating: "", count: Self.colours + 1)
    var taken: [Int: Int] = [:]
    for dot in dots.sorted(by: { $0.effect < $1.effect }) {
      let place = x.place(dot.effect)
      let slot = Int(place / 3)
      let count = taken[slot, default: 0]
      taken[slot] = count + 1
      let side = count % 2 == 0 ? 1.0 : -1.0
      let offset = min(Self.rowHeight / 2 - 3, Double((count + 1) / 2) * 1.6) * side
      let colour = dot.rank.map { min(Self.colours - 1, Int($0 * Double(Self.colours))) } ?? Self.colours
      paths[colour] += "M\(HTMLWriter.point(place, y + offset))h0"
    }
    for (colour, path) in paths.enumerated() where !path.isEmpty {
      html.path(colour == Self.colours ? "speck unknown" : "speck level\(colour)", path)
    }
  }
}
