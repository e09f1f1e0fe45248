import Crypto
import DriftDetection
import Foundation
import TestSupport
import Testing

@testable import Reports

@Suite("Drift page")
struct DriftPageTests {
  /// A state of many features, half numbers and half categories, with everything that a report can show.
  static func state(features: Int, windows: Int = 10, seed: UInt64 = 3) throws -> DriftState {
    var random = SplitMix64(seed: seed)
    func rows(_ count: Int, isLater: Bool) -> [ObservedColumn] {
      (0..<features).map { index in
        let shift = isLater && index % 5 == 0 ? 0.3 : 0
        let values = (0..<count).map { _ -> Double in
          let draw = Double.random(in: 0..<1, using: &random)
          if draw < 0.02 { return .nan }
          return index % 2 == 0
            ? draw * draw * 100_000 * (1 + shift) : (draw * draw * (12 + 12 * shift)).rounded(.down)
        }
        return ObservedColumn(
          name: index == 0 ? "<script>alert(1)</script>" : "LONGER_FIELD_NAME_\(index)_OF_THE_TABLE",
          kind: index % 2 == 0 ? .number : .category(names: (0..<14).map { "Category number \($0) & more" }),
          values: values,
          contributions: values.map { $0.isNaN ? 0 : $0 / 100_000 }
        )
      }
    }
    let (before, now) = (rows(3_000, isLater: false), rows(2_000, isLater: true))
    let profile = try ReferenceProfile(columns: before)
    let counter = EventCounter(profile: profile)
    func counts(_ rows: Range<Int>) -> WindowCounts {
      var window = WindowCounts(slotCount: profile.slotCount)
      counter.count(rows, of: now, into: &window)
      return window
    }
    var state = DriftState(
      pipeline: "loans \"& more\"",
      model: "loans 3",
      reference: .init(name: "before.csv", rowCount: 3_000),
      current: .init(name: "now.csv", rowCount: 2_000),
      profile: profile,
      columns: before.enumerated().map { index, column in
        DriftState.Column(
          role: index == 2 ? .score : index == 3 ? .decision : .field,
          label: index % 3 == 0 ? "" : "What people call the field",
          categories: column.categories,
          rows: index == 4 ? RowMeasures(reference: column.values, current: now[index].values) : nil
        )
      },
      counts: counts(0..<2_000)
    )
    let length = 2_000 / windows
    state.windows = (0..<windows).map { part in
      .init(name: "rows \(part * length + 1)", counts: counts(part * length..<(part + 1) * length))
    }
    state.detection = try DetectionSummary(
      state.windows.map(\.counts),
      profile: profile,
      features: Array(0..<features),
      tolerance: DriftTolerance(stability: 0.05)
    )
    state.alerts = [
      .init(
        time: "2026-03-01T10:00:00Z",
        change: .opened,
        subject: "score",
        severity: .major,
        detail: "Look <here>."
      )
    ]
    state.quality = [
      .init(check: "missing values", subject: "x", finding: "1 % before, 9 % now", isConcern: true)
    ]
    state.performance = [
      .init(
        name: "AUC",
        atTraining: 0.76,
        realised: 0.71,
        estimated: 0.74,
        outcomeCount: 900,
        isConcern: true
      )
    ]
    state.evidently = EvidentlyVerdicts(
      columns: [
        .init(name: "x", verdict: EvidentlyColumn(.number, reference: [1, 2], current: [2, 3]).verdict())
      ]
    )
    state.remarks = ["The reference is small."]
    return state
  }

  private static func page(_ state: DriftState) -> String {
    String(decoding: DriftPage(DriftReport(state)).bytes(), as: UTF8.self)
  }

  @Test("The page's script is the one that its policy allows")
  func digest() {
    let source = SortScript.source.withUTF8Buffer { Array($0) }
    let digest = SortScript.digest.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
    #expect(Data(SHA256.hash(data: source)).base64EncodedString() == digest)
    #expect(!String(decoding: source, as: UTF8.self).contains("</"))
  }

  @Test("A page of 120 features with 10 windows is smaller than 500 KB")
  func size() throws {
    let bytes = DriftPage(DriftReport(try Self.state(features: 120))).bytes()
    print("drift page of 120 features: \(bytes.count) bytes")
    #expect(bytes.count < 500_000)
  }

  @Test("The page needs nothing from elsewhere, and what stands in the data is text")
  func selfContained() throws {
    let page = Self.page(try Self.state(features: 8))
    #expect(!page.contains("http://") && !page.contains("https://") && !page.contains("<script>alert"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("Look &lt;here&gt;."))
    #expect(page.contains("script-src 'sha256-"))
    // One script, and no attribute that could hold another.
    #expect(page.components(separatedBy: "<script>").count == 2)
    #expect(!page.contains(" onclick") && !page.contains("javascript:"))
  }

  @Test("The same state gives the same page")
  func deterministic() throws {
    let state = try Self.state(features: 6)
    #expect(Self.page(state) == Self.page(state))
  }

  @Test("Score and decisions come before the fields, and every section of the state appears")
  func sections() throws {
    let page = Self.page(try Self.state(features: 8))
    let order = [
      "id=\"results\"", "id=\"shift\"", "id=\"fields\"", "id=\"alerts\"", "id=\"quality\"",
      "id=\"performance\"", "id=\"evidently\"", "id=\"details\"",
    ]
    let places = order.map { page.range(of: $0)?.lowerBound }
    #expect(places.allSatisfy { $0 != nil })
    #expect(zip(places, places.dropFirst()).allSatisfy { ($0 ?? page.endIndex) < ($1 ?? page.startIndex) })
    // Each field in the table leads to its own drawings.
    for index in [0, 1, 4, 5, 6, 7] {
      #expect(page.contains("href=\"#f\(index)\"") && page.contains("id=\"f\(index)\""))
    }
  }

  @Test("What the state does not have is no section, and an empty window no page of nonsense")
  func lean() throws {
    var state = try Self.state(features: 4)
    state.detection = nil
    state.alerts = []
    state.quality = []
    state.performance = []
    state.evidently = nil
    state.windows = []
    state.counts.removeAll()
    let page = Self.page(state)
    for section in ["alerts", "quality", "performance", "evidently"] {
      #expect(!page.contains("id=\"\(section)\"") && !page.contains("#\(section)\""))
    }
    #expect(!page.lowercased().contains(">nan") && !page.contains(">inf"))
  }
}
