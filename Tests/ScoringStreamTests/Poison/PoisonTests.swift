import CreditEvents
import Crypto
import Foundation
import KafkaClient
import TestSupport
import Testing

@testable import ScoringStream

/// On the embedded cluster: what becomes of each record, not whether it becomes so once.
@Suite("Poison", .serialized, .timeLimit(.minutes(5)))
struct PoisonTests {
  private typealias Place = AnswerReader.Place
  private static let partitions = 8
  private static let chunk = 1_000

  /// 30 % of the records are poison: every kind equally often, except that few of the large ones are sent.
  private static func records(_ count: Int, seed: UInt64) -> [TestRecord] {
    var random = SplitMix64(seed: seed)
    let small = PoisonKind.allCases.filter { !PoisonKind.large.contains($0) }
    return (0..<count).map { id in
      guard random.next() % 10 < 3 else { return .application(id) }
      let shape = Int(random.next() % 1_000)
      let large = PoisonKind.allCases.filter { PoisonKind.large.contains($0) }
      if random.next() % 200 == 0 { return large[shape % large.count].record(id, shape: shape / large.count) }
      return small[Int(random.next() % UInt64(small.count))].record(id, shape: shape)
    }
  }

  @Test(
    "30 % poison of 24 kinds among 20,000 records: each in the right class with its bytes untouched, all others decided"
  )
  func everyKind() async throws {
    var stream = try EmbeddedStream(partitions: Self.partitions, workers: 2)
    stream.settings.batch.intervalMilliseconds = 50
    try stream.announce("7")
    let service = stream.service(load: { _ in
      _ = try DecodingScorer()
      return { () -> any RecordScorer in (try? DecodingScorer()) ?? NumberScorer(model: "none") }
    })
    let records = Self.records(20_000, seed: 24)
    let topics = stream.topics
    let properties = stream.cluster.properties.merging(["message.max.bytes": "4000000"])
    let reader = try AnswerReader(
      stream.cluster.consumerProperties,
      topics: topics,
      partitions: Self.partitions
    )
    var places: [Place] = []
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await service.run() }
      try await service.waitUntilAssigned()
      let producer = try KafkaProducer(properties)
      // The embedded cluster keeps 5 MiB of a partition: what is read is read before more is sent.
      for start in stride(from: 0, to: records.count, by: Self.chunk) {
        for (index, record) in records[start..<min(start + Self.chunk, records.count)].enumerated() {
          let partition = Int32((start + index) % Self.partitions)
          try publish(record, partition, to: topics.applications, with: producer)
          places.append(Place(partition: partition, offset: Int64((start + index) / Self.partitions)))
        }
        try producer.flush(timeoutMilliseconds: 20_000)
        reader.read(until: places.count)
      }
      try producer.close()
      service.stop()
      try await group.waitForAll()
    }
    #expect(reader.count == records.count)
    #expect(reader.repeatedLetters == 0 && reader.unreadableLetters == 0)
    var seen: Set<RejectionClass> = []
    var wrong: [String] = []
    for (index, record) in records.enumerated() {
      let letter = reader.letters[places[index]]
      if letter?.reasons.rejection.class != record.expected {
        wrong.append(
          "\(index): expected \(record.expected?.rawValue ?? "a decision"), got \(letter?.reasons.rejection as Any)"
        )
      }
      guard let letter else {
        if reader.decisions["\(index)"] != 1 { wrong.append("\(index): no decision") }
        continue
      }
      seen.insert(letter.reasons.rejection.class)
      if let problem = difference(letter, from: record) { wrong.append("\(index): \(problem)") }
    }
    #expect(wrong.isEmpty, "\(wrong.count) wrong, first: \(wrong.prefix(5))")
    // What a model or a broker rejects is no matter of the record's bytes.
    let fromBytes = Set(RejectionClass.allCases).subtracting([
      .scoringFailed, .processingFailed, .notAnObject, .invalidId,
    ])
    #expect(seen == fromBytes)
    print(
      "poison: \(PoisonKind.allCases.count) kinds, \(reader.letters.count) dead letters, \(wrong.count) wrong"
    )
  }

  /// What is not as it should be in a dead letter.
  private func difference(_ letter: AnswerReader.Letter, from record: TestRecord) -> String? {
    let reasons = letter.reasons
    guard reasons.model == .init(name: "m", version: "7"), reasons.attempts == 1 else {
      return "model or attempts: \(reasons)"
    }
    if letter.key != record.key { return "key differs" }
    if letter.timestamp ?? -1 != record.timestamp ?? -1 { return "timestamp differs" }
    var own: [(name: String, value: String)] = []
    record.headers.forEach { name, value in
      let text = value.map { String(decoding: $0, as: UTF8.self) } ?? ""
      own.append((String(decoding: name, as: UTF8.self), text))
    }
    let kept = letter.headers.prefix(own.count)
    if !zip(kept, own).allSatisfy({ $0 == $1 }) || letter.headers.count < own.count {
      return "headers differ"
    }
    guard let cut = reasons.cut else { return letter.value == record.value ? nil : "value differs" }
    let whole = record.value ?? []
    guard cut.parts == [.value], cut.valueBytes == whole.count, whole.count > 900_000 else {
      return "cut without need: \(cut)"
    }
    let sha256 = SHA256.hash(data: whole).map { String(format: "%02x", $0) }.joined()
    guard cut.sha256 == sha256, whole.starts(with: letter.value ?? []) else { return "not the beginning" }
    return letter.value?.count ?? 0 > 900_000 ? nil : "cut too short"
  }

  private func publish(
    _ record: TestRecord,
    _ partition: Int32,
    to topic: String,
    with producer: KafkaProducer
  ) throws {
    let key = record.key ?? []
    let value = record.value ?? []
    try key.withUnsafeBytes { keyBytes in
      try value.withUnsafeBytes { valueBytes in
        try producer.produce(
          topic: topic,
          partition: partition,
          key: record.key == nil ? nil : keyBytes,
          value: record.value == nil ? nil : valueBytes,
          headers: record.headers,
          timestampMilliseconds: record.timestamp
        )
      }
    }
  }

  @Test(
    "Two kinds of poison never become records: a batch that fails its checksum, or does not unpack, stops the worker"
  )
  func corruptBatches() {
    for code in [KafkaError.Code.badMessage, KafkaError.Code(rawValue: -198)] {
      let failure = CallFailure(KafkaError(code: code, message: "failed CRC32C check"), isPoll: true)
      #expect(failure.kind == .inputLost, "\(code.name)")
      #expect(
        Disposition.of(failure.kind, during: .poll(milliseconds: 1), budgetLeft: true) == .exit(.inputLost)
      )
    }
  }

  @Test(
    "While the dead-letter topic refuses everything nothing is skipped; when it takes letters again, all is answered in order"
  )
  func deadLetterTopicUnavailable() async throws {
    let stream = try EmbeddedStream(partitions: 1, workers: 1)
    try stream.announce("1")
    let service = stream.service()
    let topics = stream.topics
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await service.run() }
      try await service.waitUntilAssigned()
      stream.cluster.setTopicError(topics.deadLetters, .unknownTopicOrPartition)
      let texts = (0..<30).map { $0 == 10 ? "poison" : "{\"id\":\($0)}" }
      try stream.publish(topics.applications, texts.map { ("k", $0) })
      try await Task.sleep(for: .seconds(4))
      let events = service.statistics.events
      #expect(events <= 10, "something at or behind the bad record was committed: \(events)")
      stream.cluster.setTopicError(topics.deadLetters, nil)
      while service.statistics.events < 30 { try await Task.sleep(for: .milliseconds(20)) }
      service.stop()
      try await group.waitForAll()
    }
    #expect(service.statistics.deadLetterCount == 1)
    let letters = try stream.read(topics.deadLetters)
    #expect(Set(letters.map(\.value)) == ["poison"])
    #expect(Set(try stream.read(topics.decisions).map(\.key)).count == 29)
  }

  @Test("A broken schema stops the scorer with an alert, and a new model lets it go on")
  func brokenSchema() async throws {
    var stream = try EmbeddedStream(partitions: 1, workers: 1)
    stream.settings.deadLetterLimit.windowRecords = 40
    stream.settings.batch.maximumRecords = 20
    try stream.announce("1")
    let service = stream.service()
    let topics = stream.topics
    let fixed = stream
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await service.run() }
      try await service.waitUntilAssigned()
      try fixed.publish(topics.applications, (0..<300).map { ("\($0)", "{\"ident\":\($0)}") })
      while service.statistics.suspensions == 0 { try await Task.sleep(for: .milliseconds(20)) }
      try await Task.sleep(for: .seconds(1))
      let stopped = service.statistics.events
      #expect(stopped < 100, "\(stopped) records were dead-lettered before the scorer stopped")
      try fixed.announce("2")
      while service.statistics.suspensions < 2 { try await Task.sleep(for: .milliseconds(20)) }
      #expect(service.statistics.events > stopped)
      service.stop()
      try await group.waitForAll()
    }
    #expect(service.statistics.events == service.statistics.deadLetterCount)
  }
}
