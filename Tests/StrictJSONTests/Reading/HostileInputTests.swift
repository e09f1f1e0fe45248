import StrictJSON
import Testing

@Suite(.timeLimit(.minutes(1))) struct HostileInputTests {
  @Test("Depth 100,000 is refused, closed or not")
  func depth() {
    let open = String(repeating: "[", count: 100_000)
    #expect(refusal(of: open)?.code == .tooDeep)
    #expect(refusal(of: open + String(repeating: "]", count: 100_000))?.code == .tooDeep)
    #expect(refusal(of: String(repeating: "{\"a\":", count: 100_000))?.code == .tooDeep)
  }

  @Test("Five megabytes of open brackets are refused, by size or by depth")
  func brackets() {
    let text = [UInt8](repeating: UInt8(ascii: "["), count: 5 << 20)
    #expect(refusal(of: text, limits: .event)?.code == .tooLarge)
    #expect(refusal(of: text, limits: .document)?.code == .tooDeep)
    #expect(refusal(of: Array(text.prefix(1 << 20)), limits: .event)?.code == .tooDeep)
  }

  @Test("A document cut at any byte is refused, and the parser reads the next one")
  func truncation() throws {
    let text = Array(
      #"{"id":"é😀","n":[1,-2.5e3,18446744073709551615,true,false,null],"o":{"k\n":"\uD83D\uDE00"},"z":[[],{}]}"#
        .utf8
    )
    let parser = JSONParser(limits: .event)
    for length in 0..<text.count {
      #expect(throws: JSONError.self) { try parser.withRoot(of: Array(text.prefix(length))) { _ in } }
    }
    #expect(try parser.withRoot(of: text) { $0.count } == 4)
  }

  @Test("Wide documents are read whole: 100,000 elements, 20,000 objects")
  func wide() throws {
    let parser = JSONParser(limits: .document)
    let zeros =
      Array("[0".utf8) + Array(repeatElement(Array(",0".utf8), count: 99_999).joined()) + Array("]".utf8)
    #expect(try parser.withRoot(of: zeros) { $0.count } == 100_000)
    let objects = "[" + repeatElement(#"{"a":1,"b":2}"#, count: 20_000).joined(separator: ",") + "]"
    #expect(
      try parser.withRoot(of: Array(objects.utf8)) { $0.elements.reduce(0) { $0 + $1.count } } == 40_000
    )
  }

  @Test("A long string and a long number are read whole")
  func long() throws {
    let parser = JSONParser(limits: .document)
    let text =
      "[\"" + String(repeating: "x", count: 300_000) + "\",0." + String(repeating: "3", count: 50_000) + "]"
    let (length, third) = try parser.withRoot(of: Array(text.utf8)) { root in
      let elements = Array(root.elements)
      return (elements[0].withUTF8 { $0.count }, elements[1].double)
    }
    #expect(length == 300_000)
    #expect(third == 1.0 / 3)
  }

  @Test("A count beyond what the tape can hold is walked")
  func manyElements() throws {
    let count = 0xFF_FFFF + 2
    var text = [UInt8](repeating: UInt8(ascii: ","), count: 2 * count + 1)
    for index in 0..<count { text[2 * index + 1] = UInt8(ascii: "0") }
    text[0] = UInt8(ascii: "[")
    text[2 * count] = UInt8(ascii: "]")
    #expect(try JSONParser(limits: .document).withRoot(of: text) { $0.count } == count)
  }
}
