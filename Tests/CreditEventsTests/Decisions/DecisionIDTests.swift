import CreditEvents
import Foundation
import TestSupport
import Testing

@Suite("DecisionID")
struct DecisionIDTests {
  @Test("The id of a record never changes, and is the UUID of the documentation")
  func golden() {
    let id = DecisionID(source: SampleDecision.source, applicationID: "100002")
    #expect(id.description == "00000c00-0000-8000-b039-a46986d2a6d4")
    #expect(UUID(uuidString: id.description) != nil)
    #expect(DecisionID(id.description) == id)
  }

  @Test("Records of a topic never share an id, whatever their application ids")
  func distinctWithinATopic() {
    var seen: Set<DecisionID> = []
    let partitions: [Int32] = [0, 1, 2, 63, 64, 4_194_303]
    let offsets: [Int64] = [0, 1, 2, 16_383, 16_384, 67_108_863, 67_108_864, (1 << 52) - 1]
    for partition in partitions {
      for offset in offsets {
        let source = RecordCoordinates(topic: "t", partition: partition, offset: offset)
        for id in ["", "1", "2"] {
          #expect(seen.insert(DecisionID(source: source, applicationID: id)).inserted)
        }
      }
    }
    // Without the hashed bits they still differ.
    #expect(Set(seen.map { [$0.high, $0.low >> 48] }).count == partitions.count * offsets.count)
  }

  @Test("Topic and application id take part, and where one ends matters")
  func everythingTakesPart() {
    let ids = [("a", "bc"), ("ab", "c"), ("abc", ""), ("", "abc"), ("b", "bc"), ("a", "bd")].map {
      DecisionID(source: RecordCoordinates(topic: $0.0, partition: 1, offset: 1), applicationID: $0.1)
    }
    #expect(Set(ids).count == ids.count)
  }

  @Test("Ids of a partition sort by offset")
  func sortedByOffset() {
    var random = SplitMix64(seed: 3)
    let offsets = (0..<500).map { _ in Int64.random(in: 0..<(1 << 52), using: &random) }.sorted()
    let texts = offsets.map {
      DecisionID(source: RecordCoordinates(topic: "t", partition: 7, offset: $0), applicationID: "x")
        .description
    }
    #expect(texts == texts.sorted())
  }

  @Test(
    "A text that is no such UUID is refused",
    arguments: [
      "", "00000c00-0000-4000-8000-000000000000", "00000c00-0000-8000-c000-000000000000",
      "00000C00-0000-8000-8000-000000000000", "00000c0000008000800000000000000000000",
      "00000c00-0000-8000-8000-00000000000", "00000c00-0000-8000-8000-00000000000g",
      "00000c000-000-8000-8000-000000000000",
    ]
  )
  func refusals(_ text: String) {
    #expect(DecisionID(text) == nil)
  }
}
