import CreditEvents
import Testing

@Suite("DataQuality")
struct DataQualityTests {
  @Test("Deviations are counted by slot; a protected field may be absent")
  func deviations() throws {
    let inspector = ValueInspector(schema: try SampleSchema.make())
    var quality = DataQuality()
    quality.noteDeviations(of: [.nan, -1, -1, 2, .nan, 1, .nan], by: inspector)
    #expect(quality == DataQuality(missing: 2, unseenCategory: [2]))
    quality.noteDeviations(of: [-0.5, 1, 0, -1, 0, 1, -1], by: inspector)
    #expect(quality == DataQuality(unseenCategory: [3, 6], outOfRange: [0]))
    quality.noteDeviations(of: [1e9, 1, 0, 0, 0, 1, 0], by: inspector)
    #expect(quality == DataQuality())
  }

  @Test("Unknown fields are all counted, sixteen are named")
  func unknownFields() {
    var quality = DataQuality()
    for index in 0..<20 {
      withUTF8("field \(index)") { quality.noteUnknownField($0) }
    }
    #expect(quality.unknownFieldCount == 20)
    #expect(quality.unknownFields == (0..<16).map { "field \($0)" })
  }

  @Test(
    "A long name is cut at 64 bytes, never inside a character",
    arguments: [("a", 64), ("é", 32), ("€", 21), ("😀", 16)]
  )
  func longNames(_ character: String, _ expected: Int) {
    var quality = DataQuality()
    withUTF8(String(repeating: character, count: 200)) { quality.noteUnknownField($0) }
    #expect(quality.unknownFields == [String(repeating: character, count: expected)])
  }
}
