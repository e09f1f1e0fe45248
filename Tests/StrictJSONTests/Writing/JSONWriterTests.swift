import StrictJSON
import Testing

@Suite struct JSONWriterTests {
  private func written(pretty: Bool = false, _ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(pretty: pretty)
    body(&writer)
    #expect(writer.isComplete)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func document(_ writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("id", "a\"b")
    writer.member("count", -3)
    writer.member("rate", 0.1)
    writer.member("margin", Float(0.1))
    writer.member("isDone", false)
    writer.key("none")
    writer.null()
    writer.member("names", ["x", "y"])
    writer.member("sizes", [1, 2])
    writer.member("edges", [1.5, 2])
    writer.key("empty")
    writer.beginArray()
    writer.beginObject()
    writer.endObject()
    writer.endArray()
    writer.endObject()
  }

  @Test("Members come in the order of the calls, without a space")
  func compact() {
    #expect(
      written(document) == #"{"id":"a\"b","count":-3,"rate":0.1,"margin":0.1,"isDone":false,"none":null,"#
        + #""names":["x","y"],"sizes":[1,2],"edges":[1.5,2.0],"empty":[{}]}"#
    )
  }

  @Test("Pretty text has one member a line, two spaces a level")
  func pretty() {
    let text = written(pretty: true) { writer in
      writer.beginObject()
      writer.member("a", 1)
      writer.member("b", ["x"])
      writer.key("c")
      writer.beginArray()
      writer.endArray()
      writer.endObject()
    }
    #expect(text == "{\n  \"a\": 1,\n  \"b\": [\n    \"x\"\n  ],\n  \"c\": []\n}")
  }

  @Test(
    "Only what must be escaped is",
    arguments: [
      ("\"", #""\"""#), ("\\", #""\\""#), ("/", #""/""#), ("\u{8}\u{9}\n\u{C}\r", #""\b\t\n\f\r""#),
      ("\u{0}\u{1F}", #""\u0000\u001f""#), ("\u{7F}é😀\u{2028}", "\"\u{7F}é😀\u{2028}\""), ("", "\"\""),
      ("a\nb\nc", #""a\nb\nc""#),
    ]
  )
  func escapes(_ text: String, _ json: String) {
    #expect(written { $0.string(text) } == json)
  }

  @Test("Every scalar of Unicode survives writing and reading")
  func scalars() throws {
    var text = ""
    for value in 0..<0x11_0000 as Range<UInt32> where value < 0x3000 || value % 97 == 0 {
      if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
    }
    var writer = JSONWriter()
    writer.string(text)
    let read = try JSONParser(limits: .document).withRoot(of: writer.bytes) { $0.string }
    #expect(read?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
  }

  @Test("Integers of every width are written whole")
  func integers() {
    let text = written { writer in
      writer.beginArray()
      writer.integer(0)
      writer.integer(Int64.min)
      writer.integer(UInt64.max)
      writer.integer(Int8.min)
      writer.integer(UInt128.max)
      writer.endArray()
    }
    #expect(
      text == "[0,-9223372036854775808,18446744073709551615,-128,340282366920938463463374607431768211455]"
    )
  }

  @Test("A cleared writer starts anew")
  func clearing() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("a")
    writer.removeAll()
    #expect(!writer.isComplete)
    writer.boolean(true)
    #expect(writer.bytes == Array("true".utf8))
  }
}
