import Testing

@testable import DriftDetection

@Suite("Alerts")
struct AlertBookTests {
  @Test(
    "A shift opens one incident for its group, is repeated while it lasts, closes after it, and replays the same"
  )
  func lifecycle() throws {
    func run() throws -> [String] {
      var draws = SeededDraws(seed: 5)
      let stream = LoanStream(seed: 2, rowCount: 5_000)
      let profile = try stream.reference(rowCount: 15_000, draws: &draws)
      var shifted = stream
      for name in ["f0", "f2"] {
        let index = try #require(stream.features.firstIndex { $0.name == name })
        shifted.features[index].values = stream.features[index].values.map { $0 * 1.5 }
      }
      let feeds = [stream, shifted, stream].map {
        BlockFeed(slots: $0.slots(in: profile, draws: &draws), profile: profile)
      }
      var detector = try DriftDetector(profile: profile, tolerance: DriftTolerance())
      // The two that move belong together.
      var book = AlertBook(groups: profile.features.indices.map { $0 == 2 ? 0 : $0 })
      var log: [String] = []
      for (feed, blocks) in zip(feeds, [20, 130, 60]) {
        for _ in 0..<blocks where detector.observe(try feed.block(draws: &draws)) {
          for entry in book.note(detector) {
            log.append("\(detector.stepCount) \(entry.change) \(entry.watch) \(entry.incident.watch)")
          }
        }
      }
      #expect(book.openWatches.isEmpty)
      return log
    }
    let log = try run()
    let events = log.map { $0.split(separator: " ").dropFirst().joined(separator: " ") }
    #expect(events.filter { $0.hasPrefix("opened") }.count == 2, "\(log)")
    #expect(Set(events.map { $0.split(separator: " ")[2] }).count == 1, "\(log)")
    #expect(events.filter { $0.hasPrefix("ongoing") }.count == 2, "\(log)")
    #expect(events.suffix(2).allSatisfy { $0.hasPrefix("closed") }, "\(log)")
    #expect(try log == run())
  }

  @Test("Bands of severity follow the credit industry's")
  func severity() {
    #expect(
      [0.02, 0.1, 0.2, 0.25, 3].map(Severity.init(stability:)) == [
        .minor, .moderate, .moderate, .major, .major,
      ]
    )
    #expect(Severity.minor < .major)
  }
}
