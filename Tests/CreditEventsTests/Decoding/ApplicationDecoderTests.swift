import CreditEvents
import StrictJSON
import TestSupport
import Testing

@Suite("ApplicationDecoder")
struct ApplicationDecoderTests {
  @Test("A clean event gives its values by slot and a clean quality")
  func cleanEvent() throws {
    let application = try Self.decode(
      #"{"id":"A-1","income":12.5,"age_days":-9000,"job":"Größe","region":"3.5","owns_car":"Y","has_phone":0,"gender":"F"}"#
    )
    #expect(application.id == "A-1")
    #expect(application.values == [12.5, -9000, 1, 2, 1, 0, 0])
    #expect(application.quality == DataQuality())
  }

  @Test("Order does not matter, and neither does what the event before looked like")
  func anyOrder() throws {
    let decoder = try Self.makeDecoder()
    var application = Application(schema: decoder.schema)
    var random = SplitMix64(seed: 7)
    var members = [
      "\"id\":7", "\"income\":1", "\"age_days\":2", "\"job\":\"Laborers\"", "\"region\":2",
      "\"owns_car\":false",
      "\"has_phone\":true", "\"gender\":null", "\"surprise\":[1,{\"id\":2}]", "\"note\":{}", "\"label\":1",
    ]
    for _ in 0..<200 {
      members.shuffle(using: &random)
      try Self.decode("{" + members.joined(separator: ",") + "}", by: decoder, into: &application)
      #expect(application.id == "7")
      #expect(application.values[..<6] == [1, 2, 0, 1, 0, 1])
      #expect(application.values[6].isNaN)
      #expect(application.quality == DataQuality(unknownFieldCount: 1, unknownFields: ["surprise"]))
      let some = members.filter { $0.hasPrefix("\"id\"") || Bool.random(using: &random) }
      try Self.decode("{" + some.joined(separator: ",") + "}", by: decoder, into: &application)
      #expect(application.values.count { $0.isNaN } == 7 - some.count { Self.hasValue($0) })
    }
  }

  struct Deviation: Sendable, CustomTestStringConvertible {
    var members: String
    var quality: DataQuality
    var testDescription: String { members }

    init(_ members: String, _ quality: DataQuality) {
      (self.members, self.quality) = (members, quality)
    }
  }

  static let deviations: [Deviation] = [
    Deviation("", DataQuality(missing: 6)),
    Deviation(#""income":null,"job":"","region":" ","gender":null"#, DataQuality(missing: 6)),
    Deviation(#""job":"XNA","age_days":"unknown""#, DataQuality(missing: 6)),
    Deviation(#""age_days":-1"#, DataQuality(missing: 6)),
    Deviation(#""income":1e9"#, DataQuality(missing: 5)),
    Deviation(#""income":1000000001"#, DataQuality(missing: 5, outOfRange: [0])),
    Deviation(#""income":-1e308"#, DataQuality(missing: 5, outOfRange: [0])),
    Deviation(#""income":18446744073709551615"#, DataQuality(missing: 5, outOfRange: [0])),
    Deviation(#""job":"Astronaut""#, DataQuality(missing: 5, unseenCategory: [2])),
    Deviation(#""region":18446744073709551615"#, DataQuality(missing: 5, unseenCategory: [3])),
    Deviation(#""region":true"#, DataQuality(missing: 5, unseenCategory: [3])),
    Deviation(#""region":1.0"#, DataQuality(missing: 5)),
    Deviation(#""gender":"X""#, DataQuality(missing: 6, unseenCategory: [6])),
    Deviation(
      #""x":1,"y":{"id":1}"#,
      DataQuality(missing: 6, unknownFieldCount: 2, unknownFields: ["x", "y"])
    ),
    Deviation(#""Income":1"#, DataQuality(missing: 6, unknownFieldCount: 1, unknownFields: ["Income"])),
    Deviation(#""\u0069ncome":1"#, DataQuality(missing: 5)),
    Deviation(#""":1"#, DataQuality(missing: 6, unknownFieldCount: 1, unknownFields: [""])),
    Deviation(#""label":"secret","note":[[[]]]"#, DataQuality(missing: 6)),
  ]

  @Test("An unusual event is read, and its deviations are named", arguments: deviations)
  func deviationsAreNamed(_ deviation: Deviation) throws {
    let event = #"{"id":1"# + (deviation.members.isEmpty ? "" : "," + deviation.members) + "}"
    #expect(try Self.decode(event).quality == deviation.quality)
  }

  @Test(
    "An id is a text or an integer, as canonical text",
    arguments: [
      (#""A-1""#, "A-1"), ("100002", "100002"), ("-5", "-5"), (#"" 7 ""#, "7"),
      ("18446744073709551615", "18446744073709551615"),
      (#""é😀""#, "é😀"), (#""a b""#, "a b"),
    ]
  )
  func ids(_ json: String, _ id: String) throws {
    #expect(try Self.decode("{\"id\":\(json)}").id == id)
  }

  @Test("History tables inside the event are unknown fields until a pipeline declares them")
  func largeEvent() throws {
    let rows = (0..<900).map { "{\"month\":-\($0),\"balance\":\(Double($0) / 3)}" }.joined(separator: ",")
    let application = try Self.decode("{\"id\":1,\"history\":[\(rows)],\"income\":5}")
    #expect(application.values[0] == 5)
    #expect(application.quality.unknownFields == ["history"])
  }

  static func makeDecoder() throws -> ApplicationDecoder {
    ApplicationDecoder(schema: try SampleSchema.make(), dictionaries: SampleSchema.dictionaries)
  }

  static func decode(_ event: String) throws -> Application {
    let decoder = try makeDecoder()
    var application = Application(schema: decoder.schema)
    try decode(event, by: decoder, into: &application)
    return application
  }

  static func decode(
    _ event: String,
    by decoder: ApplicationDecoder,
    into application: inout Application
  ) throws {
    try Array(event.utf8).withUnsafeBytes { try decoder.decode($0, into: &application) }
  }

  private static func hasValue(_ member: String) -> Bool {
    !["\"id\"", "\"surprise\"", "\"note\"", "\"label\"", "\"gender\""].contains { member.hasPrefix($0) }
  }
}
