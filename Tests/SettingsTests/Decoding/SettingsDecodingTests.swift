import Settings
import Testing

@Suite struct SettingsDecodingTests {
  @Test("A whole file is read")
  func whole() throws {
    let text = """
      name: 007
      workers: 1_000
      mode: safe
      on_air: true
      batch: {maximum_records: -5, rate: 1.0e3}
      topics: [a, "b c", no]
      kafka:
        linger.ms: 5
        check.crcs: true
        client.id: "x"
      """
    let sample = try decode(text)
    #expect(
      sample
        == Sample(
          name: "007",
          workers: 1000,
          mode: .safe,
          isOn: true,
          batch: Sample.Batch(maximumRecords: -5, rate: 1000),
          topics: ["a", "b c", "no"],
          kafka: ["linger.ms": "5", "check.crcs": "true", "client.id": "x"]
        )
    )
  }

  @Test(
    "A value of another kind is refused, with place, path and remedy",
    arguments: [
      (
        "name: a\nworkers: many", .wrongType,
        "s.yaml:2:10: workers: a whole number, such as 250 is needed here, not many"
      ),
      (
        "name: a\nworkers: \"2\"", .wrongType,
        "s.yaml:2:10: workers: a whole number, such as 250 is needed here, not \"2\""
      ),
      (
        "name: a\nworkers: 1.5", .wrongType,
        "s.yaml:2:10: workers: a whole number, such as 250 is needed here, not 1.5"
      ),
      (
        "name: a\nworkers: 99999999999999999999", .wrongType,
        "s.yaml:2:10: workers: a whole number, such as 250 is needed here, not 99999999999999999999"
      ),
      ("name: a\non_air: yes", .wrongType, "s.yaml:2:9: on_air: true or false is needed here, not yes"),
      (
        "name: a\nbatch: {rate: .nan}", .wrongType,
        "s.yaml:2:15: batch.rate: a number, such as 0.5 or 1.0e9 is needed here, not .nan"
      ),
      ("name: a\nmode: quick", .invalidValue, "s.yaml:2:7: mode: no such choice; use one of: fast, safe"),
      ("name: {a: b}", .wrongType, "s.yaml:1:7: name: a text is needed here, but this is a mapping"),
      (
        "name: a\nbatch: 3", .wrongType,
        "s.yaml:2:8: batch: a mapping (key: value) is needed here, but this is a scalar"
      ),
      (
        "name: a\ntopics: x", .wrongType,
        "s.yaml:2:9: topics: a sequence ([a, b]) is needed here, but this is a scalar"
      ),
      (
        "name: a\ntopics: [x, [y]]", .wrongType,
        "s.yaml:2:13: topics.1: a text is needed here, but this is a sequence"
      ),
      ("workers: 1", .missingKey, "s.yaml:1:1: the key \"name\" is missing; add it"),
      (
        "nmae: x", .missingKey,
        "s.yaml:1:1: the key \"name\" is missing; is \"nmae\" at s.yaml:1:1 meant to be it?"
      ),
      ("name:", .wrongType, "s.yaml:1:6: name: a text is needed here, but this is empty"),
    ] as [(String, SettingsProblem.Code, String)]
  )
  func wrong(_ text: String, _ code: SettingsProblem.Code, _ message: String) {
    let found = problems(in: text)
    #expect(found.map(\.code) == [code])
    #expect(found.map(\.description) == [message])
  }

  @Test("All unknown keys are reported at once, from top to bottom, with what was likely meant")
  func unknown() {
    let text = "wrokers: 2\nname: a\nbatch:\n  rat: 1\n  color: red\nzebra: 1\n"
    #expect(
      problems(in: text).map(\.description) == [
        #"s.yaml:1:1: wrokers: unknown key; did you mean "workers"?"#,
        #"s.yaml:4:3: batch.rat: unknown key; did you mean "rate"?"#,
        "s.yaml:5:3: batch.color: unknown key; remove it, or use one of: maximum_records, rate",
        "s.yaml:6:1: zebra: unknown key; remove it, or use one of: name, workers, mode, batch, topics, kafka, on_air",
      ]
    )
  }

  @Test("Several types share a file, each refusing only what is unknown in its own part")
  func sections() throws {
    let file = try YAMLFile(
      text: "name: a\nbatch: {rate: 1}\ntraining: {rounds: 3, ruonds: 4}",
      path: "s.yaml"
    )
    struct Training: Decodable { var rounds: Int }
    #expect(try file.decode(Sample.self, leaving: ["training"]).name == "a")
    #expect(try file.decode(Sample.Batch.self, at: ["batch"]).rate == 1)
    #expect(
      problems { _ = try file.decode(Training.self, at: ["training"]) }.map(\.path) == [
        ["training", "ruonds"]
      ]
    )
    #expect(problems { _ = try file.decode(Sample.self) }.map(\.path) == [["training"]])
    #expect(try file.decodeIfPresent(Training.self, at: ["absent"]) == nil)
    #expect(problems { _ = try file.decode(Training.self, at: ["batch", "x"]) }.map(\.code) == [.missingKey])
    #expect(file.contains(["batch", "rate"]) && !file.contains(["batch", "rote"]))
  }

  @Test("A type's own refusal gets its place")
  func ownRefusal() {
    struct Even: Decodable {
      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard try container.decode(Int.self) % 2 == 0 else {
          throw DecodingError.dataCorruptedError(in: container, debugDescription: "an even number is needed")
        }
      }
    }
    struct Holder: Decodable { var pairs: [String: [Even]] }
    let found = problems { _ = try YAMLFile(text: "pairs:\n  x: [2, 3]", path: "s.yaml").decode(Holder.self) }
    #expect(found.map(\.description) == ["s.yaml:2:10: pairs.x.1: an even number is needed"])
  }

  @Test("Keys that users choose come in the order of the file")
  func order() throws {
    struct Ordered: Decodable {
      struct Name: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
      }
      let names: [String]
      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        names = try container.allKeys.map {
          "\($0.stringValue)=\(try container.decode(Int.self, forKey: $0))"
        }
      }
    }
    let file = try YAMLFile(text: "z: 1\na: 2\nm: 3", path: "s.yaml")
    #expect(try file.decode(Ordered.self).names == ["z=1", "a=2", "m=3"])
  }
}
