import StrictJSON
import Testing

/// Own cases, in the three classes of RFC 8259: must be read, must be refused, open to the reader.
@Suite struct AcceptanceTests {
  @Test(
    "What RFC 8259 allows is read",
    arguments: [
      "0", "-0", "-0.0", "7", "1.5", "1e2", "1E+2", "1e-2", "0e0", "true", "false", "null", "\"\"", "[]",
      "{}",
      " [ 1 , 2 ] ", "\t\r\n1\n", "[[[[]]]]", #"{"":0}"#, #"{"a":{"a":{"a":1}}}"#, #"[{"a":1},{"a":2}]"#,
      #""\"\\\/\b\f\n\r\t""#, #""\u0000""#, #""\u00e9""#, #""\uD83D\uDE00""#, #""\uFFFF""#, #""\ufdd0""#,
      "\"\u{7F}\"", "\"\u{2028}\"", "\"😀\"", "18446744073709551615", "-9223372036854775808", "1e308",
      "5e-324",
      #"{"a":1,"A":2}"#, #"{"é":1,"e\u0301":2}"#, "100000000000000000000.0",
      "0.00000000000000000000000000000001",
    ]
  )
  func accepted(_ text: String) { #expect(refusal(of: text) == nil) }

  @Test(
    "What is no JSON is refused as a syntax error",
    arguments: [
      "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[1]]", "{\"a\"", "{\"a\":",
      "{\"a\":}", "{\"a\":1",
      "{\"a\":1,}", "{,}", "{1:1}", "{a:1}", "{'a':1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{\"a\":1}x", "1 2",
      "[1}", "{\"a\":1]",
      "01", "-01", "1.", ".1", "-", "+1", "1e", "1e+", "--1", "1.2.3", "0x1", "1_0", "NaN", "-NaN",
      "Infinity", "inf",
      "tru", "truee", "True", "nul", "nulll", "\"", "\"a", #""\"#, #""\""#, #""\a""#, #""\x41""#, #""\u12""#,
      #""\u12g4""#,
      "\"\n\"", "\"\u{0}\"", "\"\u{1F}\"", "\u{C}1", "\u{A0}1", "// c\n1", "/**/1", "#", "{\"a\":1}#",
      "\u{0}", "1\u{0}",
      "<null>", "[1,\n2\n", "abc", "“a”",
    ]
  )
  func syntax(_ text: String) throws {
    let error = try #require(refusal(of: text))
    #expect(error.code == .syntax)
    #expect(error.offset != nil)
  }

  @Test(
    "What RFC 8259 leaves open has a pinned answer",
    arguments: [
      // Numbers: beyond the doubles or 64-bit integers refused, underflow is zero.
      ("1e400", .numberOutOfRange), ("-1e400", .numberOutOfRange),
      ("0.4e00669999999999999999999999", .numberOutOfRange),
      ("18446744073709551616", .numberOutOfRange), ("-9223372036854775809", .numberOutOfRange),
      ("[-123123123123123123123123123123]", .numberOutOfRange), ("1e-400", nil), ("123.456e-789", nil),
      // Half a surrogate pair is no character.
      (#""\uD800""#, .syntax), (#""\uDC00""#, .syntax), (#""\uDD1E\uD834""#, .syntax),
      (#""\uD800\uD800\n""#, .syntax),
      (#""\uD800\n""#, .syntax), (#""\uD888\u1234""#, .syntax), (#""\uDd1ea""#, .syntax),
      (#"{"\uDFAA":0}"#, .syntax),
      // A key twice: which value is meant?
      (#"{"a":1,"a":1}"#, .duplicateKey), (#"{"a":1,"\u0061":2}"#, .duplicateKey),
      (#"[{"b":{"":1,"":2}}]"#, .duplicateKey),
      ("\u{FEFF}{}", .byteOrderMark), ("", .empty), (" \n\t\r", .empty),
      (String(repeating: "[", count: 500) + String(repeating: "]", count: 500), .tooDeep),
    ] as [(String, JSONError.Code?)]
  )
  func pinned(_ text: String, _ code: JSONError.Code?) { #expect(refusal(of: text)?.code == code) }

  @Test(
    "Bytes that are not UTF-8 are refused at the offending byte",
    arguments: [
      ("ff", 0), ("2281 22", 1), ("22c0af22", 1), ("22e9 22", 1), ("22eda08022", 1), ("22f4908080 22", 1),
      ("22f8", 1),
      ("22e0ff22", 1), ("22e080af22", 1), ("22f08080af22", 1), ("22fc8080808080 22", 1),
      ("5b22 e697a5d188fa 22 5d", 7),
      ("22f09f98", 1), ("fffe5b005d00", 0), ("feff005b005d", 0), ("5b5d c3", 2),
    ]
  )
  func notUTF8(_ text: String, _ offset: Int) {
    let error = refusal(of: bytes(hex: text.filter { $0 != " " }))
    #expect(error?.code == .notUTF8)
    #expect(error?.offset == offset)
  }

  @Test(
    "UTF-16 without a mark is refused",
    arguments: ["5b002200e90022005d00", "005b002200e90022005d", "5b005d00"]
  )
  func utf16(_ text: String) {
    let code = refusal(of: bytes(hex: text))?.code
    #expect(code == .notUTF8 || code == .syntax)
  }
}
