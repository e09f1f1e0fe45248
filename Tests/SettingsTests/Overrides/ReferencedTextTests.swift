import Foundation
import Settings
import TestSupport
import Testing

@Suite struct ReferencedTextTests {
  private func read(_ text: String, path: String = "s.yaml", environment: [String: String] = [:]) throws
    -> [String: ReferencedText]
  {
    struct Holder: Decodable { var kafka: [String: ReferencedText] }
    let overrides = try SettingOverrides(environment: environment)
    return try YAMLFile(text: text, path: path, overrides: overrides).decode(Holder.self).kafka
  }

  @Test("A text is written out or fetched from a variable")
  func sources() throws {
    let kafka = try read(
      "kafka: {linger.ms: 5, check.crcs: true, sasl.password: {env: PASSWORD}}",
      environment: ["PASSWORD": "hunter2"]
    )
    #expect(kafka["linger.ms"] == ReferencedText("5"))
    #expect(kafka["check.crcs"]?.text == "true")
    #expect(kafka["sasl.password"]?.text == "hunter2")
    #expect(kafka["sasl.password"]?.source == .environment("PASSWORD"))
  }

  @Test("A file is read from beside the settings, without its last line break")
  func files() throws {
    try withTemporaryDirectory { folder in
      try Data("hunter2\n".utf8).write(to: URL(filePath: folder + "/password"))
      let relative = try read("kafka: {p: {file: password}}", path: folder + "/s.yaml")
      #expect(relative["p"]?.text == "hunter2")
      let absolute = try read("kafka: {p: {file: \"\(folder)/password\"}}")
      #expect(absolute["p"]?.text == "hunter2")
    }
  }

  @Test("A fetched text is shown nowhere")
  func masked() throws {
    let kafka = try read("kafka: {p: {env: PASSWORD}}", environment: ["PASSWORD": "hunter2"])
    let text = try #require(kafka["p"])
    #expect(text.isSecret)
    var dumped = ""
    dump(kafka, to: &dumped)
    for shown in ["\(text)", String(reflecting: text), "\(kafka)", dumped] {
      #expect(!shown.contains("hunter2"))
    }
  }

  @Test(
    "A reference that leads nowhere is refused by its name",
    arguments: [
      ("{env: ABSENT}", .unresolvedReference, "ABSENT"),
      ("{file: absent.txt}", .unresolvedReference, "absent.txt"),
      ("{env: A, file: b}", .wrongType, "env: NAME"), ("{}", .wrongType, "env: NAME"),
      ("[a]", .wrongType, "text"),
      ("{environment: A}", .wrongType, "env: NAME"),
    ] as [(String, SettingsProblem.Code, String)]
  )
  func unresolved(_ reference: String, _ code: SettingsProblem.Code, _ words: String) {
    let found = problems { _ = try read("kafka:\n  p: \(reference)") }
    #expect(found.map(\.code) == [code])
    #expect(found.first?.message.contains(words) == true)
    #expect(found.first?.path == ["kafka", "p"])
  }
}
