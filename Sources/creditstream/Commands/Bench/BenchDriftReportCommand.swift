import ArgumentParser
import DriftDetection
import FeaturePipeline
import Foundation
import Reports
import StrictJSON

/// `creditstream bench drift-report`: from merged state to figures, page and document.
struct BenchDriftReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift-report",
    abstract: "Measures how long a drift report takes from merged state, and how large its page is.",
    discussion: """
      The state is made up: half numbers in 20 quantile bins, half categories, with score shifts, windows and alarms.

      Example:  creditstream bench drift-report --features 120 --windows 10 --json
      """
  )

  @Option(help: "How many features.")
  var features = 120

  @Option(help: "How many windows of their course.")
  var windows = 10

  @Option(help: "How often; the median counts.")
  var turns = 21

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard features >= 1, windows >= 1, turns >= 3 else {
      throw ValidationError("--features and --windows need at least 1, --turns at least 3")
    }
  }

  func run() throws {
    let state = try Self.state(features: features, windows: windows)
    var times: [(figures: Double, page: Double, document: Double)] = []
    var sizes = (page: 0, document: 0)
    for _ in 0..<turns {
      var report: DriftReport?
      let figures = ContinuousClock().measure { report = DriftReport(state) }
      guard let report else { continue }
      let page = ContinuousClock().measure { sizes.page = DriftPage(report).bytes().count }
      let document = ContinuousClock().measure { sizes.document = report.encoded().count }
      times.append((figures.seconds * 1e3, page.seconds * 1e3, document.seconds * 1e3))
    }
    func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    let figures = median(times.map(\.figures))
    let page = median(times.map(\.page))
    let document = median(times.map(\.document))
    let both = median(times.map { $0.figures + $0.page })
    if json {
      var writer = JSONWriter(pretty: true)
      writer.beginObject()
      writer.member("features", features)
      writer.member("windows", windows)
      writer.member("figures_milliseconds", figures)
      writer.member("page_milliseconds", page)
      writer.member("figures_and_page_milliseconds", both)
      writer.member("document_milliseconds", document)
      writer.member("page_bytes", sizes.page)
      writer.member("document_bytes", sizes.document)
      writer.endObject()
      Terminal.print(String(decoding: writer.bytes, as: UTF8.self))
    } else {
      Terminal.print(
        """
        \(features) features, \(windows) windows, medians of \(turns):
        figures   \(Terminal.fixed(figures, 2)) ms
        page      \(Terminal.fixed(page, 2)) ms, \(NumberText.count(sizes.page)) bytes
        together  \(Terminal.fixed(both, 2)) ms
        document  \(Terminal.fixed(document, 2)) ms, \(NumberText.count(sizes.document)) bytes
        """
      )
    }
  }

  /// A made-up state, the same on every machine; every fifth feature has moved.
  private static func state(features: Int, windows: Int) throws -> DriftState {
    var random = SeededGenerator(seed: 1)
    func unit() -> Double { Double(random.next() >> 11) * 0x1p-53 }
    func columns(_ rows: Int, isLater: Bool) -> [ObservedColumn] {
      (0..<features).map { index in
        let stretch = isLater && index % 5 == 0 ? 1.3 : 1
        let values = (0..<rows).map { _ -> Double in
          let draw = unit()
          if draw < 0.02 { return .nan }
          return index % 2 == 0
            ? draw * draw * 100_000 * stretch : (draw * draw * 14 * stretch).rounded(.down)
        }
        return ObservedColumn(
          name: "A_FIELD_OF_USUAL_LENGTH_\(index)",
          kind: index % 2 == 0 ? .number : .category(names: (0..<14).map { "A category number \($0)" }),
          values: values,
          contributions: values.map { $0 == $0 ? $0 / 1e6 : 0 }
        )
      }
    }
    let (before, now) = (columns(4_000, isLater: false), columns(4_000, isLater: true))
    let profile = try ReferenceProfile(columns: before)
    let counter = EventCounter(profile: profile)
    func counts(_ rows: Range<Int>) -> WindowCounts {
      var window = WindowCounts(slotCount: profile.slotCount)
      counter.count(rows, of: now, into: &window)
      return window
    }
    var state = DriftState(
      pipeline: "benchmark",
      model: "benchmark 1",
      reference: .init(name: "reference", rowCount: 4_000),
      current: .init(name: "current", rowCount: 4_000),
      profile: profile,
      columns: before.map { DriftState.Column(role: .field, categories: $0.categories) },
      counts: counts(0..<4_000)
    )
    state.windows = (0..<windows).map { part in
      .init(
        name: "window \(part + 1)",
        counts: counts(part * 4_000 / windows..<(part + 1) * 4_000 / windows)
      )
    }
    state.detection = try DetectionSummary(
      state.windows.map(\.counts),
      profile: profile,
      features: Array(0..<features),
      tolerance: DriftTolerance(stability: 0.02)
    )
    return state
  }
}
