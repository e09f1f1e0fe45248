import StrictJSON
import Testing

@Suite struct JSONKeyTests {
  @Test("A key equals its text and nothing else")
  func equality() throws {
    try JSONParser(limits: .event).withRoot(of: Array(#"{"amount":1,"\u00e9":2,"":3}"#.utf8)) { root in
      let keys = root.members.map(\.key)
      let amount = "amount"
      #expect(keys[0] == "amount" && keys[0] == amount)
      #expect(!(keys[0] == "amoun") && !(keys[0] == "amount2") && !(keys[0] == "Amount"))
      #expect(keys[1] == "é" && !(keys[1] == "e\u{301}"))
      #expect(keys[2] == "")
      #expect(keys[0] == keys[0] && !(keys[0] == keys[1]))
      #expect(keys[0].value.int64 == 1)
    }
  }

  @Test("The hash is that of the bytes, the same everywhere and in every version")
  func hash() throws {
    func hash(_ text: String) -> UInt64 { Array(text.utf8).withUnsafeBufferPointer { JSONKey.hash($0) } }
    try JSONParser(limits: .event).withRoot(of: Array(#"{"amount":1,"a_longer_key_of_credit":2}"#.utf8)) {
      root in
      #expect(root.members.map(\.key.hash) == [hash("amount"), hash("a_longer_key_of_credit")])
    }
    let texts = (0..<40).flatMap { length in
      (0...length).map { position in
        String(repeating: "x", count: position) + (position < length ? "y" : "")
          + String(repeating: "x", count: max(0, length - position - 1))
      }
    }
    #expect(Set(texts.map(hash)).count == Set(texts).count)
  }
}
