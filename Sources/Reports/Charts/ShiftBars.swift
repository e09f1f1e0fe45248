/// Signed amounts as bars from a common line: to the right raises, to the left lowers.
struct ShiftBars {
  struct Bar {
    let label: String
    let amount: Double
  }

  private static let width = 560.0
  private static let rowHeight = 18.0
  private static let left = 190.0

  let bars: [Bar]
  let label: String

  /// Writes the drawing.
  func write(into html: inout HTMLWriter) {
    let reach = max(bars.map(\.amount.magnitude).max() ?? 0, 1e-9)
    let least = bars.contains { $0.amount < 0 } ? -reach : 0
    let x = AxisScale(domain: least...reach, start: Self.left, end: Self.width - 60)
    let bottom = Double(bars.count) * Self.rowHeight + 4
    Drawing(width: Self.width, height: bottom + 2, label: label).write(into: &html) { html in
      html.line("axis", from: (x.place(0), 0), to: (x.place(0), bottom))
      for (index, bar) in bars.enumerated() {
        let y = Double(index) * Self.rowHeight
        let (from, to) = (x.place(min(0, bar.amount)), x.place(max(0, bar.amount)))
        html.rectangle(bar.amount < 0 ? "minus" : "plus", x: from, y: y + 4, width: to - from, height: 11)
        html.label(ShortLabel.text(bar.label, limit: 26), x: Self.left - 8, y: y + 13, style: "end ink")
        html.label(SignedText.text(bar.amount), x: to + 5, y: y + 13)
      }
    }
  }
}

/// A number that shows its sign.
enum SignedText {
  static func text(_ value: Double, digits: Int = 3) -> String {
    let text = NumberText.fixed(value, digits: digits)
    return value > 0 && text.contains { $0 != "0" && $0 != "." } ? "+" + text : text
  }
}
