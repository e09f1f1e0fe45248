import CreditEvents
import KafkaClient
import StrictJSON

/// What was answered, against what was asked: every input offset once, in order, and the group's offset with it.
struct Audit: CustomStringConvertible {
  /// The end of each input partition.
  var ends: [Int32: Int64] = [:]
  /// The group's offsets.
  var committed: [Int32: Int64] = [:]
  /// How often each input offset was answered.
  private(set) var seen: [[Int64: Int]]
  private(set) var deadLetters = 0
  private(set) var unreadable = 0
  /// Decisions that stand before one of an earlier application of the same input partition and output partition.
  private(set) var outOfOrder = 0
  private var latest: [String: Int64] = [:]
  private let parser = JSONParser(limits: .event)

  init(partitions: Int) { seen = Array(repeating: [:], count: partitions) }

  mutating func takeDecision(_ record: ConsumedRecord) {
    var place: (Int32, Int64)?
    record.withValue { value in
      guard let value else { return }
      place = try? parser.withRoot(of: value) { root in
        guard let source = root["source"], let partition = source["partition"]?.int64,
          let offset = source["offset"]?.int64
        else { return nil }
        return (Int32(partition), offset)
      }
    }
    guard let (partition, offset) = place else {
      unreadable += 1
      return
    }
    seen[Int(partition)][offset, default: 0] += 1
    let lane = "\(partition)-\(record.partition)"
    if offset < latest[lane] ?? -1 { outOfOrder += 1 }
    latest[lane] = offset
  }

  mutating func takeLetter(_ record: ConsumedRecord) {
    var headers: [(name: String, value: String)] = []
    record.forEachHeader { name, value in
      headers.append(
        (String(decoding: name, as: UTF8.self), value.map { String(decoding: $0, as: UTF8.self) } ?? "")
      )
    }
    guard let letter = DeadLetterHeaders(headers: headers) else {
      unreadable += 1
      return
    }
    seen[Int(letter.source.partition)][letter.source.offset, default: 0] += 1
    deadLetters += 1
  }

  var answers: Int { seen.reduce(0) { $0 + $1.values.reduce(0, +) } }
  var duplicates: Int { seen.reduce(0) { $0 + $1.values.count { $0 > 1 } } }
  var expected: Int { Int(ends.values.reduce(0, +)) }
  var lost: Int {
    seen.indices.reduce(0) { sum, partition in
      sum + (0..<(ends[Int32(partition)] ?? 0)).count { seen[partition][$0] == nil }
    }
  }
  /// Partitions whose committed offset does not stand right behind the last answered record.
  var torn: Int {
    seen.indices.count { partition in
      let behind = seen[partition].keys.max().map { $0 + 1 } ?? 0
      return (committed[Int32(partition)] ?? 0) != behind
    }
  }

  /// Nothing lost, doubled, torn or out of order.
  var isPerfect: Bool { lost + duplicates + torn + outOfOrder + unreadable == 0 && answers == expected }

  var description: String {
    "\(answers) answers (\(deadLetters) dead letters) to \(expected) applications: lost \(lost), duplicated \(duplicates), "
      + "torn \(torn), out of order \(outOfOrder), unreadable \(unreadable)"
  }
}
