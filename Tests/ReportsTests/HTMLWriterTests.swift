import Reports
import Testing

@Suite("HTML and SVG blocks")
struct HTMLWriterTests {
  private func text(_ write: (inout HTMLWriter) -> Void) -> String {
    var html = HTMLWriter()
    write(&html)
    return String(decoding: html.bytes, as: UTF8.self)
  }

  @Test("Texts and attributes are escaped, elements closed")
  func escaping() {
    let written = text { html in
      html.element("p", [HTMLAttribute("title", "a\"b'<&>")], "x < y & \"z\"\u{0}\u{1B} é 😀")
    }
    #expect(
      written
        == "<p title=\"a&quot;b&#39;&lt;&amp;&gt;\">x &lt; y &amp; &quot;z&quot;\u{FFFD}\u{FFFD} é 😀</p>"
    )
  }

  @Test("A page is whole, allows no script, and escapes its title")
  func page() {
    let page = String(
      decoding: Page(title: "</title><script>").bytes { $0.element("main", [], "!") },
      as: UTF8.self
    )
    #expect(page.hasPrefix("<!doctype html>\n<html lang=\"en\">"))
    #expect(page.contains("<title>&lt;/title&gt;&lt;script&gt;</title>") && !page.contains("<script"))
    #expect(page.contains("default-src 'none'") && page.contains("width=device-width"))
    #expect(page.contains("<main>!</main>") && page.hasSuffix("</html>\n"))
  }

  @Test("A table has a head for each column and a cell for each value")
  func table() {
    let written = text { html in
      DataTable(
        caption: "C",
        columns: [.text("Name"), .figure("Count")],
        rows: [["<a>", "1"], ["b", "2"]]
      ).write(into: &html)
    }
    #expect(written.contains("<th scope=\"col\">Name</th><th scope=\"col\" class=\"figure\">Count</th>"))
    #expect(written.matches(of: /<td/).count == 4 && written.contains("&lt;a&gt;"))
    #expect(written.contains("role=\"region\" aria-label=\"C\" tabindex=\"0\""))
  }

  @Test("Charts stay within their frame and have a text", arguments: [1, 2, 7, 40])
  func charts(count: Int) throws {
    let points = (0..<count).map { index in
      RatePoint(
        label: "\(index)",
        tick: "\(index)",
        rate: 0.1,
        lower: 0.05,
        upper: index == 0 ? 1 : 0.2,
        share: 0.1
      )
    }
    let bars = points.map { PairedBars.Bar(label: $0.label, repaid: 0.4, defaulted: 0.3) }
    let edges = (0...count).map(Double.init)
    let shares = [Double](repeating: 1 / Double(count), count: count)
    let charts = [
      text { RateLine(points: points, missing: points[0], overall: 0.1, label: "A").write(into: &$0) },
      text { RateDots(points: points, overall: 0.1, label: "A").write(into: &$0) },
      text { PairedBars(bars: bars, label: "A").write(into: &$0) },
      text { StepHistogram(edges: edges, repaid: shares, defaulted: shares, label: "A").write(into: &$0) },
      text { Sparkline(shares, overall: 0.1).write(into: &$0) },
    ]
    for chart in charts where !chart.isEmpty {
      let box = try #require(chart.firstMatch(of: /viewBox="0 0 ([0-9.]+) ([0-9.]+)"/))
      let (width, height) = (try #require(Double(box.1)), try #require(Double(box.2)))
      for place in chart.matches(of: /(?:cx|x)="(-?[0-9.]+)" (?:cy|y)="(-?[0-9.]+)"/) {
        let (x, y) = (Double(place.1) ?? -1, Double(place.2) ?? -1)
        #expect((0...width).contains(x) && (0...height).contains(y), "\(place.0) in \(chart)")
      }
      #expect(chart.contains("aria-label=\"A\"") || chart.contains("aria-hidden"))
      #expect(!chart.contains("nan") && !chart.contains("–"))
    }
  }

  @Test("A map draws what can be seen, each cell with its text and in the colour of its sign")
  func heatMap() {
    let written = text { html in
      HeatMap(names: ["a", "b", "c"], values: [[1, -0.5, 0.01], [0.9, 1, .nan], [0, 0.2, 1]], label: "M") {
        "\($0)-\($1)"
      }.write(into: &html)
    }
    #expect(written.matches(of: /class="cell plus"/).count == 2)
    #expect(written.matches(of: /class="cell minus" fill-opacity="0.50"/).count == 1)
    #expect(written.contains("<title>1-0</title>") && !written.contains("<title>0-2</title>"))
  }
}
