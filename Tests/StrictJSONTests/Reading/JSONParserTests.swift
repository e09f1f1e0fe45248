import StrictJSON
import Testing

@Suite struct JSONParserTests {
  @Test("Every kind of value is read as what it is")
  func kinds() throws {
    let text =
      #"{"o":{},"a":[],"s":"é\u00e9\n","i":-7,"u":18446744073709551615,"d":1e2,"t":true,"f":false,"n":null}"#
    try JSONParser(limits: .event).withRoot(of: Array(text.utf8)) { root in
      #expect(
        root.members.map(\.value.kind) == [
          .object, .array, .string, .integer, .integer, .double, .boolean, .boolean, .null,
        ]
      )
      #expect(root.members.map(\.key.string) == ["o", "a", "s", "i", "u", "d", "t", "f", "n"])
      #expect(root["s"]?.string == "éé\n")
      #expect(root["i"]?.int64 == -7)
      #expect(root["i"]?.double == -7)
      #expect(root["u"]?.int64 == nil)
      #expect(root["u"]?.uint64 == .max)
      #expect(root["d"]?.double == 100)
      #expect(root["d"]?.int64 == nil)
      #expect(root["t"]?.boolean == true)
      #expect(root["n"]?.isNull == true)
      #expect(root["absent"] == nil)
    }
  }
}
