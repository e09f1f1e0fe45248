/// A square of associations: the deeper the colour, the stronger; orange together, blue against each other.
public struct HeatMap: Sendable {
  private static let cell = 17.0
  private static let left = 150.0
  private static let top = 128.0

  private let names: [String]
  private let values: [[Double]]
  private let label: String
  private let title: @Sendable (Int, Int) -> String

  /// Creates a map.
  ///
  /// - Parameters:
  ///   - names: The names of rows and columns alike.
  ///   - values: A value −1...1 for each row and column; NaN is drawn empty.
  ///   - label: What is drawn, in words.
  ///   - title: The text of one cell, by row and column.
  public init(
    names: [String],
    values: [[Double]],
    label: String,
    title: @escaping @Sendable (Int, Int) -> String
  ) {
    self.names = names
    self.values = values
    self.label = label
    self.title = title
  }

  /// Writes the map.
  ///
  /// - Parameter html: Receives it.
  public func write(into html: inout HTMLWriter) {
    let side = Double(names.count) * Self.cell
    let width = Self.left + side + 40
    // On a narrow screen the map keeps a size in which names can be read, and scrolls.
    ScrollArea(label).write(into: &html) { html in
      html.element(
        "div",
        [
          HTMLAttribute(
            "style",
            "min-width:\(NumberText.coordinate(width * 0.85))px;max-width:\(NumberText.coordinate(width * 1.25))px"
          )
        ]
      ) { html in
        Drawing(width: width, height: Self.top + side + 4, label: label).write(into: &html) { html in
          for (index, name) in names.enumerated() {
            let place = (Double(index) + 0.5) * Self.cell
            html.label(
              ShortLabel.text(name, limit: 18),
              x: Self.left - 6,
              y: Self.top + place + 4,
              style: "end"
            )
            let x = Self.left + place + 3
            let turn = "rotate(-55 \(HTMLWriter.point(x, Self.top - 6)))"
            let attributes = [
              HTMLAttribute("x", x), HTMLAttribute("y", Self.top - 6), HTMLAttribute("transform", turn),
            ]
            html.element("text", attributes, ShortLabel.text(name, limit: 18))
          }
          for row in names.indices {
            for column in names.indices where row != column { cell(row, column, into: &html) }
          }
          let frame = NumberText.coordinate(side)
          html.path("all-line", "M\(HTMLWriter.point(Self.left, Self.top))h\(frame)v\(frame)h-\(frame)z")
        }
      }
    }
  }

  private func cell(_ row: Int, _ column: Int, into html: inout HTMLWriter) {
    let value = values[row][column]
    // What cannot be seen need not be drawn.
    guard value.magnitude >= 0.03 else { return }
    let corner = HTMLWriter.point(
      Self.left + Double(column) * Self.cell,
      Self.top + Double(row) * Self.cell
    )
    let side = NumberText.coordinate(Self.cell)
    let attributes: [HTMLAttribute] = [
      .class(value < 0 ? "cell minus" : "cell plus"),
      HTMLAttribute("fill-opacity", NumberText.fixed(value.magnitude, digits: 2)),
      HTMLAttribute("d", "M\(corner)h\(side)v\(side)h-\(side)z"),
    ]
    html.element("path", attributes) { html in html.element("title", [], title(row, column)) }
  }
}
