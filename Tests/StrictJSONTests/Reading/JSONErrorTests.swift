import StrictJSON
import Testing

@Suite struct JSONErrorTests {
  @Test(
    "An error names the place in the tree",
    arguments: [
      (#"{"a":1,"a":2}"#, "$.a"),
      (#"{"x":[0,{"b":1,"c":[{}],"b":2}]}"#, "$.x[1].b"),
      (#"[[],[[],{"odd key":{"q":1,"q":2}}]]"#, #"$[1][1]["odd key"].q"#),
      (#"{"a":{"x":1,"":2,"y":[],"":3}}"#, #"$.a[""]"#),
    ]
  )
  func path(_ text: String, _ path: String) { #expect(refusal(of: text)?.path == path) }

  @Test("Every value knows its path")
  func everyPath() throws {
    let text = #"{"a":[1,{"b":"x"}],"c":{"d":[[],[2.5]]}}"#
    try JSONParser(limits: .event).withRoot(of: Array(text.utf8)) { root in
      #expect(root.path == "$")
      #expect(root["a"]?.path == "$.a")
      #expect(root["a"]?.elements.map(\.path) == ["$.a[0]", "$.a[1]"])
      #expect(root["a"]?.elements.dropFirst().first { _ in true }?["b"]?.path == "$.a[1].b")
      #expect(root["c"]?["d"]?.elements.flatMap { $0.elements.map(\.path) } == ["$.c.d[1][0]"])
    }
  }

  @Test(
    "A text error names the byte",
    arguments: [("[1,}", 3), ("{\"a\":tru}", 8), ("[1e400]", 1), ("\"\\ud800\"", 1), ("[1]x", 3)]
  )
  func offset(_ text: String, _ offset: Int) { #expect(refusal(of: text)?.offset == offset) }

  @Test("Long keys are cut in a path, and no value is quoted")
  func nothingLeaks() throws {
    let key = String(repeating: "k", count: 5000)
    let error = try #require(refusal(of: "{\"\(key)\":\"secret\",\"\(key)\":\"secret\"}"))
    #expect(error.path.utf8.count < 80)
    #expect(!error.description.contains("secret"))
  }
}
