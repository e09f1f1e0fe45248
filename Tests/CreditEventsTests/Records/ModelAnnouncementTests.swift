import CreditEvents
import StrictJSON
import Testing

@Suite("ModelAnnouncement")
struct ModelAnnouncementTests {
  static let sample = ModelAnnouncement(
    model: ModelIdentity(name: "home-credit", version: "v7", sha256: String(repeating: "0f", count: 32)),
    path: "home-credit/v7",
    activeFromMilliseconds: 1_763_800_000_000
  )

  @Test("It is written in a fixed order and read back, keyed by model and version")
  func roundTrip() throws {
    let text = Self.text(Self.sample)
    #expect(text.hasPrefix(#"{"schema":1,"model":"home-credit","version":"v7","sha256":"0f0f"#))
    #expect(text.hasSuffix(#""path":"home-credit/v7","active_from":1763800000000,"rollback":false}"#))
    #expect(try Self.read(text) == Self.sample)
    #expect(Self.sample.recordKey == "home-credit/v7")
  }

  @Test(
    "A path that could lead out of the registry is refused",
    arguments: [
      "", "/etc", "../x", "a/../b", "a//b", "a/", "./a", "https://x/y", "file:x", "a\\\\b", "a\\u0000b",
      "C:/x",
    ]
  )
  func unsafePaths(_ path: String) {
    let text = Self.text(Self.sample).replacing("\"home-credit/v7\"", with: "\"\(path)\"")
    let error = #expect(throws: JSONError.self) { try Self.read(text) }
    #expect(error?.path == "$.path")
  }

  @Test(
    "A hash that is no SHA-256 is refused",
    arguments: ["", "0f", String(repeating: "0F", count: 32), String(repeating: "0g", count: 32)]
  )
  func badHashes(_ hash: String) {
    let text = Self.text(Self.sample).replacing(Self.sample.model.sha256, with: hash)
    let error = #expect(throws: JSONError.self) { try Self.read(text) }
    #expect(error?.path == "$.sha256")
  }

  static func text(_ announcement: ModelAnnouncement) -> String {
    var writer = JSONWriter()
    announcement.encode(into: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  static func read(_ text: String) throws -> ModelAnnouncement {
    try JSONParser(limits: .event).withRoot(of: Array(text.utf8)) { try ModelAnnouncement(json: $0) }
  }
}
