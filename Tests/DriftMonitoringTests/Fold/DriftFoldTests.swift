import CreditEvents
import DriftDetection
import ModelRegistry
import StrictJSON
import TestSupport
import Testing

@testable import DriftMonitoring

@Suite("DriftFold")
struct DriftFoldTests {
  private static let reference = Result { try Population.reference() }

  private func rules(_ adjust: (inout MonitorRules) -> Void = { _ in }) throws -> MonitorRules {
    var rules = MonitorRules(tolerance: try DriftTolerance())
    adjust(&rules)
    return rules
  }

  private func bytes(_ alerts: [DriftAlert]) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginArray()
    for alert in alerts { alert.encode(into: &writer) }
    writer.endArray()
    return writer.bytes
  }

  @Test("A population that stays as it was raises no alert")
  func quiet() throws {
    let reference = try Self.reference.get()
    var fold = DriftFold(try rules())
    let alerts = fold.fold(
      Population.partials(Population.events(20_000, seed: 11), reference),
      reference: reference
    )
    #expect(alerts.isEmpty)
    #expect(fold.models.first?.windows.landmark.eventCount == 20_000)
    #expect((fold.models.first?.drift.stepCount ?? 0) > 150)
  }

  @Test("A drift is alerted with its counts, the feature that moved the score, and what to do; and it closes")
  func opensAndCloses() throws {
    let reference = try Self.reference.get()
    var fold = DriftFold(try rules())
    let events = Population.events(16_000, seed: 12) { index, values in
      if (2_000..<6_000).contains(index) { values[0] *= 1.3 }
    }
    let alerts = fold.fold(Population.partials(events, reference), reference: reference)
    let opened = try #require(alerts.first { $0.change == .opened && $0.kind == .distribution })
    #expect(opened.feature == "income" && opened.model == Population.model)
    #expect(opened.leading.first?.feature == "income")
    #expect((opened.evidence.stability ?? 0) > (opened.evidence.noise ?? 1))
    #expect(opened.evidence.bins.reduce(0) { $0 + $1.current } == opened.window.events)
    #expect(opened.evidence.bins.reduce(0) { $0 + $1.reference } == 20_000)
    #expect((opened.evidence.logEvidence ?? 0) > 0 && !opened.message.isEmpty && !opened.action.isEmpty)
    #expect(opened.window.events >= 1_000 && opened.window.fromMilliseconds < opened.window.toMilliseconds)
    let closed = try #require(alerts.first { $0.change == .closed && $0.kind == .distribution })
    #expect(closed.alertID == opened.alertID && closed.position > opened.position)
    #expect(alerts.allSatisfy { $0.kind != .offsets && $0.kind != .volume && $0.kind != .lag })
    #expect(fold.models.first?.openAlerts.isEmpty == true)
    // What is out of the reference's range is news of its own, of the same incident.
    let unseen = try #require(alerts.first { $0.kind == .unseen && $0.change == .opened })
    #expect(unseen.feature == "income")
    #expect(unseen.incidentID == opened.incidentID || opened.incidentID == unseen.alertID)
  }

  @Test("A field that goes missing is one incident: missing, and drifted for that reason")
  func missing() throws {
    let reference = try Self.reference.get()
    var fold = DriftFold(try rules())
    let events = Population.events(4_000, seed: 13) { index, values in
      if index > 1_000, index % 5 == 0 { values[1] = .nan }
    }
    let alerts = fold.fold(Population.partials(events, reference), reference: reference)
    let missing = try #require(alerts.first { $0.kind == .missing })
    #expect(missing.feature == "rating" && !missing.requestsRefit)
    #expect((missing.evidence.value ?? 0) > 1.3 * (missing.evidence.expected ?? 1))
    let drifted = try #require(alerts.first { $0.kind == .distribution })
    #expect(drifted.feature == "rating")
    #expect(Set([missing.incidentID, drifted.incidentID]).count == 1)
    #expect(alerts.allSatisfy { $0.feature == "rating" })
  }

  @Test("A drift that grows is said again; a major one asks for a refit, its end does not")
  func refit() throws {
    let reference = try Self.reference.get()
    var fold = DriftFold(try rules())
    let events = Population.events(9_000, seed: 14) { index, values in
      if (1_000..<4_000).contains(index) { values[2] = 2 }
    }
    let alerts = fold.fold(Population.partials(events, reference), reference: reference)
    let drifted = alerts.filter { $0.kind == .distribution }
    #expect(drifted.first?.change == .opened && drifted.first?.severity ?? .major != .major)
    let major = try #require(drifted.first { $0.severity == .major })
    #expect(major.change == .ongoing && major.requestsRefit && major.alertID == drifted.first?.alertID)
    #expect(drifted.last?.change == .closed && drifted.last?.requestsRefit == false)
  }

  @Test("A replay of the log raises the same alerts, byte for byte")
  func replay() throws {
    let reference = try Self.reference.get()
    let log = Population.partials(
      Population.events(6_000, seed: 15) { index, values in if index > 2_000 { values[0] *= 1.2 } },
      reference
    )
    var once = DriftFold(try rules())
    var again = DriftFold(try rules())
    let first = once.fold(log, reference: reference)
    let second = again.fold(log, reference: reference)
    #expect(!first.isEmpty)
    #expect(bytes(first) == bytes(second))
  }

  @Test("What is delivered twice is dropped; what straddles is refused and alerted until the next fits")
  func offsets() throws {
    let reference = try Self.reference.get()
    let events = Population.events(400, seed: 16, partitions: 1)
    func partial(_ range: Range<Int>) -> DriftPartial { Population.partial(Array(events[range]), reference) }
    var fold = DriftFold(try rules())
    let alerts = fold.fold(
      [
        partial(0..<100), partial(0..<100), partial(50..<150), partial(100..<200), partial(20..<40),
        partial(250..<300), partial(300..<400),
      ],
      reference: reference
    )
    #expect(alerts.map(\.kind) == [.offsets, .offsets, .offsets, .offsets])
    #expect(alerts.map(\.change) == [.opened, .closed, .opened, .closed])
    #expect(alerts.map(\.position) == [2, 3, 5, 6])
    #expect(alerts.map(\.severity) == [.major, .major, .moderate, .moderate])
    #expect(fold.tally.duplicates == 2 && fold.tally.straddles == 1 && fold.tally.missingOffsets == 50)
    #expect(fold.models.first?.windows.landmark.eventCount == 350)
  }

  @Test("Two models that decide at once are watched side by side; one that nobody knows is alerted once")
  func models() throws {
    let reference = try Self.reference.get()
    var other = Population.model
    other.version = "2"
    var unknown = Population.model
    unknown.version = "9"
    let events = Population.events(900, seed: 17, partitions: 1)
    var fold = DriftFold(try rules())
    var alerts: [DriftAlert] = []
    for (index, start) in stride(from: 0, to: 900, by: 100).enumerated() {
      let model = [Population.model, other, unknown][index % 3]
      let partial = Population.partial(Array(events[start..<start + 100]), reference, model: model)
      alerts += fold.fold(partial, at: Int64(index)) { model in
        guard model.version != "9" else { throw DriftError(.emptyReference, "there is no such bundle") }
        return reference
      }
    }
    #expect(alerts.map(\.kind) == [.unknownModel])
    #expect(alerts.first?.model == unknown)
    #expect(alerts.first?.message.contains("there is no such bundle") == true)
    #expect(fold.models.map(\.identity.version) == ["1", "2"])
    #expect(fold.models.map(\.windows.landmark.eventCount) == [300, 300])
    #expect(fold.tally.unwatched == 3)
  }

  @Test("A reference too small for the tolerance is refused with the number of rows that it needs")
  func smallReference() throws {
    let small = try Population.reference(rows: 500)
    var fold = DriftFold(try rules())
    let log = Population.partials(Population.events(100, seed: 18), small)
    let alerts = fold.fold(log, reference: small)
    #expect(alerts.map(\.kind) == [.unknownModel])
    #expect(alerts.first?.message.contains("needs a reference of at least") == true)
    #expect(alerts.first?.message.contains("this one has 500") == true)
  }

  @Test(
    "Counts of another layout, or in blocks of another length, are refused and alerted, nothing of them counted"
  )
  func otherLayout() throws {
    let reference = try Self.reference.get()
    var partial = Population.partial(Population.events(10, seed: 19, partitions: 1), reference)
    partial.blockMilliseconds = 1
    var fold = DriftFold(try rules())
    #expect(fold.fold([partial], reference: reference).map(\.kind) == [.unknownModel])
    partial.blockMilliseconds = reference.blockMilliseconds
    partial.blocks[0].slots = partial.blocks[0].slots.map { $0 + reference.profile.slotCount }
    fold = DriftFold(try rules())
    #expect(fold.fold([partial], reference: reference).map(\.kind) == [.unknownModel])
    #expect(fold.models.first?.windows.landmark.eventCount == 0)
  }

  @Test("Clocks that jump ahead or years back raise no alarm and lose no event")
  func clocks() throws {
    let reference = try Self.reference.get()
    var events = Population.events(6_000, seed: 20)
    for index in stride(from: 10, to: 6_000, by: 97) { events[index].time += 400 * 86_400_000 }
    for index in stride(from: 50, to: 6_000, by: 89) { events[index].time = 1_000 }
    var fold = DriftFold(try rules())
    let alerts = fold.fold(Population.partials(events, reference), reference: reference)
    #expect(alerts.isEmpty)
    #expect(fold.models.first?.windows.landmark.eventCount == 6_000)
  }

  @Test("Only dead letters, and windows in which everything is missing, are no crash")
  func emptyWindows() throws {
    let reference = try Self.reference.get()
    var letters = Population.partial(Population.events(5, seed: 21, partitions: 1), reference)
    letters.deadLetters = letters.decisions
    letters.decisions = 0
    letters.blocks = []
    var fold = DriftFold(try rules())
    #expect(fold.fold([letters], reference: reference).isEmpty)
    let missing = Population.events(3_000, seed: 22, partitions: 1, offsets: [5]) { _, values in
      for index in 0..<4 { values[index] = .nan }
    }
    let alerts = fold.fold(Population.partials(missing, reference), from: 1, reference: reference)
    let features = Set(alerts.filter { $0.kind == .missing }.compactMap(\.feature))
    #expect(features == ["income", "rating", "job", "score"])
    #expect(fold.tally.deadLetters == 5)
  }

  @Test("Applications that wait too long are alerted, and no longer when they do not")
  func lag() throws {
    let reference = try Self.reference.get()
    let log = Population.partials(Population.events(2_000, seed: 23, partitions: 1), reference, batch: 100)
    var fold = DriftFold(try rules())
    var alerts: [DriftAlert] = []
    for (index, partial) in log.enumerated() {
      let last = ((partial.blocks.last?.index ?? 0) + 1) * partial.blockMilliseconds
      let delay: Int64 = (5..<12).contains(index) ? 2_000_000 : 1_000
      alerts += fold.fold(partial, at: Int64(index), reportedAt: last + delay) { _ in reference }
    }
    #expect(alerts.map(\.kind) == [.lag, .lag])
    #expect(alerts.map(\.change) == [.opened, .closed])
    #expect(alerts.map(\.position) == [9, 16])
    #expect(alerts.first?.evidence.value == 2_000)
  }

  @Test("A day with far fewer applications than that a week before is alerted; nights and weekends are not")
  func volume() throws {
    let reference = try Self.reference.get()
    let day: Int64 = 86_400_000
    let start = 20_000 * day
    // Fewer on every seventh day; on the seventeenth a channel is down.
    let perDay = (0..<20).map { $0 == 16 ? 300 : $0 % 7 == 6 ? 600 : 1_500 }
    var offset: Int64 = 0
    var random = SplitMix64(seed: 24)
    var fold = DriftFold(try rules())
    var alerts: [DriftAlert] = []
    for (number, count) in perDay.enumerated() {
      let events = (0..<count).map { index -> Population.Event in
        defer { offset += 1 }
        let time = start + Int64(number) * day + Int64(index) * (day / Int64(count))
        return Population.Event(partition: 0, offset: offset, time: time, values: Population.values(&random))
      }
      let log = Population.partials(events, reference, batch: 100)
      alerts += fold.fold(log, from: Int64(number) * 1_000, reference: reference)
    }
    #expect(alerts.map(\.kind) == [.volume, .volume])
    #expect(alerts.map(\.change) == [.opened, .closed])
    #expect(alerts.first?.window.fromMilliseconds == start + 16 * day)
    #expect(alerts.first?.evidence.value == 300 && alerts.first?.evidence.expected == 1_500)
  }
}
