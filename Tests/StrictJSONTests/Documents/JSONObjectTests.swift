import StrictJSON
import Testing

@Suite struct JSONObjectTests {
  private func read(_ text: String) -> JSONError? {
    refusal(of: text) { root in
      var object = try root.object()
      _ = try object.required("name").requireString()
      _ = try object.required("rounds").requireInt()
      _ = try object.optional("rate")?.requireDouble()
      _ = try object.optional("flags")?.array { element throws(JSONError) in try element.requireBool() }
      try object.finish()
    }
  }

  @Test(
    "A document of the right form is read, in any order of keys",
    arguments: [
      #"{"name":"a","rounds":3}"#, #"{"rounds":3,"name":"a"}"#,
      #"{"flags":[true,false],"rate":1,"rounds":3,"name":"a"}"#,
      #"{"name":"a","rounds":3,"rate":null}"#,
    ]
  )
  func accepted(_ text: String) { #expect(read(text) == nil) }

  @Test(
    "Another form is refused, with path and kind",
    arguments: [
      (#"[]"#, .wrongType, "$"), (#"{"name":"a"}"#, .missingKey, "$"),
      (#"{"name":1,"rounds":3}"#, .wrongType, "$.name"),
      (#"{"name":null,"rounds":3}"#, .wrongType, "$.name"),
      (#"{"name":"a","rounds":3.0}"#, .wrongType, "$.rounds"),
      (#"{"name":"a","rounds":9223372036854775808}"#, .numberOutOfRange, "$.rounds"),
      (#"{"name":"a","rounds":3,"rate":"1"}"#, .wrongType, "$.rate"),
      (#"{"name":"a","rounds":3,"flags":[true,0]}"#, .wrongType, "$.flags[1]"),
      (#"{"name":"a","rounds":3,"flags":{}}"#, .wrongType, "$.flags"),
      (#"{"name":"a","rounds":3,"extra":1}"#, .unknownKey, "$.extra"),
      (#"{"x":0,"name":"a","rounds":3}"#, .unknownKey, "$.x"),
    ] as [(String, JSONError.Code, String)]
  )
  func refused(_ text: String, _ code: JSONError.Code, _ path: String) {
    let error = read(text)
    #expect(error?.code == code)
    #expect(error?.path == path)
  }

  @Test("Messages say what was found and what to do")
  func messages() {
    #expect(read(#"{"rounds":3}"#)?.message == #"the key "name" is missing; add it"#)
    #expect(read(#"{"name":[],"rounds":3}"#)?.message == "a string is needed here, but this is an array")
    #expect(read(#"{"name":"a","rounds":3,"round":1}"#)?.message.contains(#""rounds""#) == true)
  }

  @Test("Asking twice for a key counts once")
  func repeated() {
    let error = refusal(of: #"{"a":1,"b":2}"#) { root in
      var object = try root.object()
      _ = try object.required("a")
      _ = try object.required("a")
      try object.finish()
    }
    #expect(error?.path == "$.b")
  }
}
