import Settings
import Testing

@Suite struct SettingOverridesTests {
  @Test("A flag wins over the environment, which wins over the file")
  func precedence() throws {
    let file = "name: file\nworkers: 1\nbatch: {rate: 1}"
    let environment = [
      "CREDITSTREAM_NAME": "env", "CREDITSTREAM_WORKERS": "2", "CREDITSTREAM_BATCH_RATE": "2.5",
    ]
    #expect(try decode(file).workers == 1)
    let fromEnvironment = try decode(file, environment: environment)
    #expect(
      fromEnvironment.name == "env" && fromEnvironment.workers == 2 && fromEnvironment.batch?.rate == 2.5
    )
    let fromFlags = try decode(file, flags: ["workers=3", "name=x=y", "workers=4"], environment: environment)
    #expect(fromFlags.name == "x=y" && fromFlags.workers == 4 && fromFlags.batch?.rate == 2.5)
  }

  @Test("Sections that the file does not have can be set")
  func newSections() throws {
    #expect(try decode("name: a", flags: ["batch.maximum_records=7"]).batch?.maximumRecords == 7)
    let environment = ["CREDITSTREAM_BATCH_MAXIMUM_RECORDS": "8"]
    #expect(try decode("name: a", environment: environment).batch?.maximumRecords == 8)
    #expect(try decode("", flags: ["name=a"]).name == "a")
  }

  @Test("Keys that users choose can be set, dots and all")
  func chosenKeys() throws {
    let sample = try decode(
      "name: a\nkafka: {linger.ms: 1}",
      flags: ["kafka.queue.buffering.max.kbytes=9"],
      environment: ["CREDITSTREAM_KAFKA_LINGER_MS": "5"]
    )
    #expect(sample.kafka == ["linger.ms": "5", "queue.buffering.max.kbytes": "9"])
  }

  @Test("A bracket, brace or quote begins YAML, all else is plain text")
  func values() throws {
    #expect(try decode("name: a", flags: ["topics=[x, y]"]).topics == ["x", "y"])
    #expect(try decode("name: a", flags: [#"batch={rate: 2}"#]).batch?.rate == 2)
    #expect(try decode("name: a", flags: ["name=a: b # c"]).name == "a: b # c")
    #expect(problems(in: "name: a", flags: [#"workers="2""#]).map(\.code) == [.wrongType])
  }

  @Test("An override that meets no setting is refused with what was likely meant")
  func stray() {
    #expect(
      problems(in: "name: a", flags: ["batch.rat=1"]).map(\.description) == [
        #"--set batch.rat: there is no such setting; did you mean "batch.rate"?"#
      ]
    )
    #expect(problems(in: "name: a", flags: ["wrokers=1"]).map(\.code) == [.invalidOverride])
    let found = problems(
      in: "name: a",
      environment: ["CREDITSTREAM_BATCH_RAT": "1", "CREDITSTREAM_OTHER": "1", "PATH": "x"]
    )
    #expect(found.map(\.location) == [.environment("CREDITSTREAM_BATCH_RAT")])
  }

  @Test("A malformed flag is refused and not repeated", arguments: ["secret", "=secret"])
  func malformed(_ flag: String) {
    let found = problems { _ = try SettingOverrides(environment: [:], flags: [flag]) }
    #expect(found.map(\.code) == [.invalidOverride])
    #expect(found.first?.description.contains("secret") == false)
  }

  @Test("What stands in a variable or flag is never echoed")
  func secrecy() {
    let found =
      problems(in: "name: a", environment: ["CREDITSTREAM_WORKERS": "hunter2"])
      + problems(in: "name: a", flags: ["workers=hunter2"])
      + problems(in: "name: a", flags: ["mode=hunter2"])
    #expect(found.count == 3)
    #expect(found.allSatisfy { !$0.description.contains("hunter2") })
    #expect(
      found.first?.description.hasPrefix("environment variable CREDITSTREAM_WORKERS: workers: ") == true
    )
  }

  @Test("Overrides of sections that belong to others are left to them")
  func others() throws {
    let overrides = try SettingOverrides(environment: [:], flags: ["training.rounds=5"])
    let file = try YAMLFile(text: "name: a", path: "s.yaml", overrides: overrides)
    struct Training: Decodable { var rounds: Int }
    #expect(try file.decode(Sample.self, leaving: ["training"]).name == "a")
    #expect(try file.decodeIfPresent(Training.self, at: ["training"])?.rounds == 5)
    #expect(problems { _ = try file.decode(Sample.self) }.map(\.code) == [.invalidOverride])
  }
}
