import KafkaClient
import Testing

@Suite("RecordHeaders")
struct RecordHeadersTests {
  @Test("Keep order, repetitions, null and empty values")
  func order() {
    var headers: RecordHeaders = ["a": "1"]
    headers.append("b", [UInt8]())
    headers.append("b", nil)
    headers.append("a", "2")
    var seen: [String] = []
    headers.forEach { name, value in
      let text = value.map { String(decoding: $0, as: UTF8.self) } ?? "null"
      seen.append(String(decoding: name, as: UTF8.self) + "=" + text)
    }
    #expect(seen == ["a=1", "b=", "b=null", "a=2"])
    #expect(headers.count == 4)
  }

  @Test("The last value of a name counts")
  func lastText() {
    var headers: RecordHeaders = ["a": "1", "a": "2", "ab": "3"]
    #expect(headers.lastText(of: "a") == "2")
    #expect(headers.lastText(of: "c") == nil)
    headers.append("a", nil)
    #expect(headers.lastText(of: "a") == nil)
  }

  @Test("Can be emptied and filled again")
  func reuse() {
    var headers: RecordHeaders = ["a": "1"]
    headers.removeAll()
    #expect(headers.isEmpty)
    headers.append("b", "2")
    #expect(headers == ["b": "2"])
  }
}
