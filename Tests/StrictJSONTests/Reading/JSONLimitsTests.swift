import StrictJSON
import Testing

@Suite struct JSONLimitsTests {
  private let limits = JSONLimits(
    maximumBytes: 200,
    maximumDepth: 3,
    maximumMembers: 4,
    maximumStringBytes: 10
  )

  private func code(_ text: String) -> JSONError.Code? { refusal(of: text, limits: limits)?.code }

  @Test("Depth is counted in arrays and objects, exactly")
  func depth() {
    #expect(code("[[[]]]") == nil)
    #expect(code(#"[{"a":[]}]"#) == nil)
    #expect(code("[[[1]],[[2]]]") == nil)
    #expect(code("[[[[]]]]") == .tooDeep)
    #expect(code(#"{"a":{"b":{"c":{}}}}"#) == .tooDeep)
    #expect(code("[[[[[[[[[[]]]]]]]]]]") == .tooDeep)
  }

  @Test("Bytes are counted exactly")
  func size() {
    let longest = "[" + String(repeating: " ", count: 198) + "]"
    #expect(code(longest) == nil)
    #expect(code(longest + " ") == .tooLarge)
  }

  @Test("Members are counted per object")
  func members() {
    #expect(code(#"{"a":1,"b":2,"c":3,"d":{"e":1,"f":2}}"#) == nil)
    #expect(code(#"[{"a":1,"b":2,"c":3,"d":4,"e":5}]"#) == .tooManyMembers)
    #expect(code("[1,2,3,4,5,6,7]") == nil)
  }

  @Test("Strings and keys are counted in bytes, escapes resolved")
  func strings() {
    let filler = String(repeating: " ", count: 50)
    #expect(code("\"0123456789\"" + filler) == nil)
    #expect(code("\"01234567890\"" + filler) == .stringTooLong)
    #expect(code("\"éééééé\"" + filler) == .stringTooLong)
    #expect(code(#""\u0041\u0041\u0041\u0041\u0041\u0041\u0041\u0041\u0041\u0041""#) == nil)
    #expect(code(#"{"01234567890":1}"# + filler) == .stringTooLong)
  }

  @Test("An object of as many members as are allowed is read, one more is refused")
  func manyMembers() {
    func object(_ count: Int) -> String {
      "{" + (0..<count).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}"
    }
    #expect(refusal(of: object(4096), limits: .event) == nil)
    #expect(refusal(of: object(4097), limits: .event)?.code == .tooManyMembers)
  }
}
