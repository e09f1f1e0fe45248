/// A distribution before and now in the space of a word.
struct SmallDistribution {
  let before: [Double]
  let now: [Double]

  /// Writes the drawing; it repeats what stands elsewhere in words and is hidden from screen readers.
  func write(into html: inout HTMLWriter) {
    let top = max(before.max() ?? 0, now.max() ?? 0, 1e-9)
    let attributes = [
      HTMLAttribute("viewBox", "0 0 96 26"), HTMLAttribute("aria-hidden", "true"),
      HTMLAttribute("preserveAspectRatio", "none"),
    ]
    html.element("svg", attributes) { html in
      html.path("all-fill", Self.outline(before, top) + "z")
      html.path("now-line", Self.outline(now, top))
    }
  }

  /// Whole numbers and relative steps: there are hundreds of these on a page.
  private static func outline(_ shares: [Double], _ top: Double) -> String {
    func height(_ share: Double) -> Int { 25 - Int((24 * share / top).rounded()) }
    var commands = "M0 25"
    var last = 25
    var place = 0
    for (bin, share) in shares.enumerated() {
      let y = share.isFinite ? height(share) : 25
      let end = Int((Double(bin + 1) / Double(shares.count) * 96).rounded())
      if y != last { commands += "V\(y)" }
      if end > place { commands += "H\(end)" }
      (last, place) = (y, end)
    }
    return commands + "V25"
  }
}
