import CreditEvents
import KafkaClient
import StrictJSON
import Testing

@testable import Simulation

@Suite("ApplicationPublisher")
struct ApplicationPublisherTests {
  /// A sink in memory that may break.
  final class Memory: RecordSink {
    struct Record: Equatable {
      var topic: String
      var key: [UInt8]
      var value: [UInt8]?
      var timestampMilliseconds: Int64
    }
    struct Broken: Error {}

    var records: [Record] = []
    var flushes = 0
    var breaksAfter = Int.max

    func send(topic: String, key: [UInt8], value: [UInt8]?, timestampMilliseconds: Int64) throws {
      guard records.count < breaksAfter else { throw Broken() }
      records.append(
        Record(topic: topic, key: key, value: value, timestampMilliseconds: timestampMilliseconds)
      )
    }
    func poll() throws {}
    func flush() throws { flushes += 1 }
  }

  /// A clock that moves only when somebody sleeps.
  final class ManualClock: PublishClock {
    var nanoseconds: Int64 = 0
    func sleep(nanoseconds: Int64) { self.nanoseconds += nanoseconds }
  }

  struct ClosureGate: PublishGate {
    var answer: (PublishProgress) -> Admission
    func admit(_ progress: PublishProgress) -> Admission { answer(progress) }
  }

  let memory = Memory()
  let clock = ManualClock()

  func publisher(
    _ options: ApplicationPublisher.Options = .init(applicationsTopic: "applications"),
    gate: any PublishGate = OpenGate(),
    onProgress: @escaping (PublishProgress) -> Void = { _ in }
  ) -> ApplicationPublisher {
    ApplicationPublisher(sink: memory, options: options, gate: gate, clock: clock, onProgress: onProgress)
  }

  @Test("Records bear id, bytes and time of the applications, in order")
  func records() throws {
    let simulator = try Population.simulator()
    let flaws = try FlawPlan(shares: [.noValue: 0.1, .unknownField: 0.1])
    let progress = try publisher().publish(SimulatedSource(simulator, rows: 5..<205, flaws: flaws))
    var source = SimulatedSource(simulator, rows: 5..<205, flaws: flaws)
    var expected: [Memory.Record] = []
    while let record = source.next() {
      expected.append(
        .init(
          topic: "applications",
          key: Array(record.id.utf8),
          value: record.value,
          timestampMilliseconds: record.eventTimeMilliseconds
        )
      )
    }
    #expect(memory.records == expected)
    #expect(progress.applications == 200 && progress.expected == 200 && !progress.wasStopped)
    #expect(progress.rejectable == expected.count { $0.value == nil } && progress.rejectable > 0)
    #expect(progress.bytes == expected.reduce(0) { $0 + $1.key.count + ($1.value?.count ?? 0) })
    #expect(memory.flushes == 1)
  }

  @Test("Outcomes follow once the applications have reached their time, the rest at the end or not at all")
  func outcomes() throws {
    var declaration = Population.declaration()
    declaration.events.perHour = 10
    let simulator = try Simulator(declaration, seed: 1)
    for publishesLate in [false, true] {
      memory.records = []
      var options = ApplicationPublisher.Options(applicationsTopic: "a", outcomesTopic: "o")
      options.publishesLateOutcomes = publishesLate
      let progress = try publisher(options).publish(SimulatedSource(simulator, rows: 0..<500))
      var reached: Int64 = 0
      var lastKnown: Int64 = 0
      var waiting: [String: Int64] = [:]
      var applications = 0
      for record in memory.records {
        let id = String(decoding: record.key, as: UTF8.self)
        if record.topic == "a" {
          applications += 1
          reached = record.timestampMilliseconds
          waiting[id] = simulator.application(applications - 1).outcome.knownAtMilliseconds
          // Whatever was known by now has been published before.
          #expect(!waiting.contains { $0.key != id && $0.value <= reached })
        } else {
          let parser = JSONParser(limits: .event)
          let outcome = try parser.withRoot(of: record.value ?? []) { try LoanOutcome(json: $0) }
          #expect(outcome == simulator.application(Int(id).map { $0 - 1000 } ?? 0).outcome)
          #expect(record.timestampMilliseconds == waiting.removeValue(forKey: id))
          #expect(record.timestampMilliseconds >= lastKnown)
          lastKnown = record.timestampMilliseconds
        }
      }
      #expect(progress.outcomes == memory.records.count { $0.topic == "o" })
      #expect(progress.pendingOutcomes == waiting.count)
      #expect(publishesLate == waiting.isEmpty)
      #expect(progress.outcomes > 50)
    }
  }

  @Test("The rate is held, and told")
  func pace() throws {
    var options = ApplicationPublisher.Options(applicationsTopic: "a")
    options.recordsPerSecond = 100
    var reports: [PublishProgress] = []
    let progress = try publisher(options) { reports.append($0) }
      .publish(SimulatedSource(try Population.simulator(), rows: 0..<201))
    #expect(abs(progress.seconds - 2) < 0.001)
    #expect(abs(progress.rate - 100.5) < 0.1)
    // At the first record, every 100 ms, and at the end.
    #expect((20...23).contains(reports.count))
    #expect(reports.last == progress)
    #expect(zip(reports, reports.dropFirst()).allSatisfy { $0.applications <= $1.applications })
  }

  @Test("A gate keeps the backlog under its limit")
  func backlog() throws {
    var settled = 0
    var largest = 0
    let clock = clock
    let memory = memory
    let gate = BacklogGate(maximumRecords: 7) {
      // The reader deals with one record in two milliseconds.
      settled = min(memory.records.count, Int(clock.nanoseconds / 2_000_000))
      largest = max(largest, memory.records.count - settled)
      return settled
    }
    let progress = try publisher(gate: gate).publish(
      SimulatedSource(try Population.simulator(), rows: 0..<50)
    )
    #expect(progress.applications == 50)
    #expect(largest == 7)
  }

  @Test("A gate can end it; what was sent is flushed and counted")
  func stop() throws {
    let gate = ClosureGate { $0.applications < 10 ? .proceed : .stop }
    var options = ApplicationPublisher.Options(applicationsTopic: "a", outcomesTopic: "o")
    options.publishesLateOutcomes = true
    let progress = try publisher(options, gate: gate)
      .publish(SimulatedSource(try Population.simulator(), rows: 0..<50))
    #expect(progress.wasStopped && progress.applications == 10 && progress.expected == 50)
    #expect(memory.records.count == 10 && memory.flushes == 1)
  }

  @Test("A record that cannot be delivered ends the publishing with the reason")
  func undelivered() throws {
    memory.breaksAfter = 3
    let error = try #require(throws: SimulationError.self) {
      try publisher().publish(SimulatedSource(try Population.simulator(), rows: 0..<9))
    }
    #expect(error.code == .undelivered)
    #expect(error.message.hasPrefix("after 3 applications") && error.message.contains("Broken"))
  }
}
