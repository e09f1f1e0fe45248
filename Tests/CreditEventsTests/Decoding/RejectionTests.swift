import CreditEvents
import TestSupport
import Testing

/// What can have no decision, and what is said about it.
@Suite("Rejection")
struct RejectionTests {
  struct Bad: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]?
    var expected: RejectionClass
    var field: String?
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ expected: RejectionClass, field: String? = nil) {
      self.init(name, bytes: Array(text.utf8), expected, field: field)
    }

    init(_ name: String, bytes: [UInt8]?, _ expected: RejectionClass, field: String? = nil) {
      (self.name, self.bytes, self.expected, self.field) = (name, bytes, expected, field)
    }
  }

  static let utf16: [UInt8] = "{\"id\":1}".utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
  static let secret = "S3CRET"

  static let bad: [Bad] = [
    Bad("tombstone", bytes: nil, .emptyValue),
    Bad("no bytes", "", .emptyValue),
    Bad("only blanks", " \n\t ", .emptyValue),
    Bad("plain text", "S3CRET", .notJSON),
    Bad("CSV", "1,2,S3CRET\n", .notJSON),
    Bad("truncated in a string", #"{"id":1,"job":"S3CRET"#, .notJSON),
    Bad("truncated in a number", #"{"id":1,"income":1"#, .notJSON),
    Bad("truncated object", #"{"id":1,"#, .notJSON),
    Bad("two documents", #"{"id":1}{"id":2}"#, .notJSON),
    Bad("trailing comma", #"{"id":1,}"#, .notJSON),
    Bad("single quotes", "{'id':1}", .notJSON),
    Bad("comment", #"{"id":1/* S3CRET */}"#, .notJSON),
    Bad("NaN", #"{"id":1,"income":NaN}"#, .notJSON),
    Bad("Infinity", #"{"id":1,"income":-Infinity}"#, .notJSON),
    Bad("leading zero", #"{"id":1,"income":012}"#, .notJSON),
    Bad("plus sign", #"{"id":1,"income":+12}"#, .notJSON),
    Bad("hexadecimal", #"{"id":1,"income":0x12}"#, .notJSON),
    Bad("lone surrogate", #"{"id":1,"job":"\ud800"}"#, .notJSON),
    Bad("control character in a string", "{\"id\":1,\"job\":\"a\u{1}b\"}", .notJSON),
    Bad("NUL after the document", "{\"id\":1}\0", .notJSON),
    Bad("bad byte", bytes: Array(#"{"id":1,"job":""#.utf8) + [0xff] + Array(#""}"#.utf8), .notUTF8),
    Bad(
      "overlong form",
      bytes: Array(#"{"id":1,"job":""#.utf8) + [0xc0, 0xaf] + Array(#""}"#.utf8),
      .notUTF8
    ),
    Bad("Latin-1", bytes: Array(#"{"id":1,"job":"Gr"#.utf8) + [0xf6] + Array(#"e"}"#.utf8), .notUTF8),
    Bad("UTF-8 with byte order mark", bytes: [0xef, 0xbb, 0xbf] + Array(#"{"id":1}"#.utf8), .notUTF8),
    Bad("UTF-16 with byte order mark", bytes: [0xff, 0xfe] + utf16, .notUTF8),
    Bad("UTF-16 without", bytes: utf16, .notJSON),
    Bad("number beyond the doubles", #"{"id":1,"income":1e400}"#, .numberOutOfRange),
    Bad("integer beyond 64 bits", #"{"id":1,"income":123456789012345678901234567890}"#, .numberOutOfRange),
    Bad("field twice", #"{"id":1,"income":1,"income":2}"#, .duplicateKey, field: "income"),
    Bad("id twice", #"{"id":1,"id":1}"#, .duplicateKey, field: "id"),
    Bad("field twice, once escaped", #"{"id":1,"income":1,"\u0069ncome":2}"#, .duplicateKey, field: "income"),
    Bad("unknown key twice", #"{"id":1,"S3CRET":1,"S3CRET":2}"#, .duplicateKey),
    Bad("key twice inside", #"{"id":1,"x":{"S3CRET":1,"S3CRET":2}}"#, .duplicateKey),
    Bad(
      "depth 512",
      "{\"id\":1,\"x\":" + String(repeating: "[", count: 511) + String(repeating: "]", count: 511) + "}",
      .tooDeep
    ),
    Bad("depth 100,000", String(repeating: "[", count: 100_000), .tooDeep),
    Bad("one byte above 1 MiB", "{\"id\":1}" + String(repeating: " ", count: (1 << 20) - 7), .tooLarge),
    Bad(
      "5,000 members",
      "{\"id\":1," + (0..<5000).map { "\"k\($0)\":1" }.joined(separator: ",") + "}",
      .tooLarge
    ),
    Bad(
      "text of 20,000 bytes",
      "{\"id\":1,\"job\":\"" + String(repeating: "S3CRET", count: 4000) + "\"}",
      .tooLarge
    ),
    Bad("array", "[1]", .notAnObject),
    Bad("null", "null", .notAnObject),
    Bad("text", "\"S3CRET\"", .notAnObject),
    Bad("number", "12", .notAnObject),
    Bad("empty object", "{}", .missingId, field: "id"),
    Bad("no id", #"{"income":1}"#, .missingId, field: "id"),
    Bad("null id", #"{"id":null}"#, .missingId, field: "id"),
    Bad("empty id", #"{"id":""}"#, .missingId, field: "id"),
    Bad("blank id", #"{"id":"  "}"#, .missingId, field: "id"),
    Bad("fractional id", #"{"id":1.0}"#, .invalidId, field: "id"),
    Bad("boolean id", #"{"id":true}"#, .invalidId, field: "id"),
    Bad("object as id", #"{"id":{"S3CRET":1}}"#, .invalidId, field: "id"),
    Bad(
      "id of 129 bytes",
      "{\"id\":\"" + String(repeating: "7", count: 129) + "\"}",
      .invalidId,
      field: "id"
    ),
    Bad("id with a line break", #"{"id":"a\nb"}"#, .invalidId, field: "id"),
    Bad("text for a number", #"{"id":1,"income":"S3CRET"}"#, .wrongType, field: "income"),
    Bad("quoted number", #"{"id":1,"income":"12"}"#, .wrongType, field: "income"),
    Bad("boolean for a number", #"{"id":1,"income":true}"#, .wrongType, field: "income"),
    Bad("array for a number", #"{"id":1,"income":[1]}"#, .wrongType, field: "income"),
    Bad("object for a category", #"{"id":1,"job":{"S3CRET":1}}"#, .wrongType, field: "job"),
    Bad("array for a flag", #"{"id":1,"owns_car":[]}"#, .wrongType, field: "owns_car"),
    Bad("unknown label of a flag", #"{"id":1,"owns_car":"S3CRET"}"#, .wrongType, field: "owns_car"),
    Bad("2 for a flag", #"{"id":1,"has_phone":2}"#, .wrongType, field: "has_phone"),
    Bad("array for a protected field", #"{"id":1,"gender":[1]}"#, .wrongType, field: "gender"),
  ]

  @Test(
    "Each bad input has one class, names field and remedy and tells nothing of the payload",
    arguments: bad
  )
  func badInput(_ bad: Bad) throws {
    let decoder = try ApplicationDecoderTests.makeDecoder()
    var application = Application(schema: decoder.schema)
    let rejection = #expect(throws: Rejection.self) {
      if let bytes = bad.bytes {
        try bytes.withUnsafeBytes { try decoder.decode($0, into: &application) }
      } else {
        try decoder.decode(nil, into: &application)
      }
    }
    #expect(rejection?.class == bad.expected)
    #expect(rejection?.field == bad.field)
    let message = rejection?.message ?? ""
    #expect(message.utf8.count <= Rejection.maximumMessageBytes)
    #expect(
      message.contains(": send") || message.contains(": nest") || message.contains(": encode")
        || message.contains(": an id")
    )
    #expect(!message.contains(Self.secret))
    if let field = bad.field { #expect(message.contains("\"\(field)\"")) }

    // The decoder is as good as before.
    try ApplicationDecoderTests.decode(#"{"id":2,"income":3}"#, by: decoder, into: &application)
    #expect(application.id == "2" && application.values[0] == 3)
    #expect(application.quality == DataQuality(missing: 5))
  }

  @Test("What lies just within the limits is read")
  func withinTheLimits() throws {
    let id = String(repeating: "7", count: 128)
    #expect(try ApplicationDecoderTests.decode("{\"id\":\"\(id)\"}").id == id)
    let padded = "{\"id\":1}" + String(repeating: " ", count: (1 << 20) - 8)
    #expect(try ApplicationDecoderTests.decode(padded).id == "1")
    let deep =
      "{\"id\":1,\"x\":" + String(repeating: "[", count: 31) + String(repeating: "]", count: 31) + "}"
    #expect(try ApplicationDecoderTests.decode(deep).quality.unknownFieldCount == 1)
  }

  @Test("A message is cut at 256 bytes, between characters")
  func longMessages() {
    let rejection = Rejection(.wrongType, message: String(repeating: "é", count: 200))
    #expect(rejection.message == String(repeating: "é", count: 128))
  }

  @Test(
    "Random bytes and mutated events never crash and are read or rejected",
    arguments: [1, 2, 3] as [UInt64]
  )
  func fuzz(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let decoder = try ApplicationDecoderTests.makeDecoder()
    var application = Application(schema: decoder.schema)
    let event = Array(
      #"{"id":"A-1","income":12.5,"age_days":-9000,"job":"Größe","region":3.5,"owns_car":"Y","x":[1,2]}"#.utf8
    )
    var read = 0
    for _ in 0..<5000 {
      var bytes = event
      for _ in 0...Int.random(in: 0...3, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: position)
        case 2: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: position)
        default: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0...5, using: &random)))
        }
      }
      do {
        try bytes.withUnsafeBytes { try decoder.decode($0, into: &application) }
        read += 1
        #expect(!application.id.isEmpty && application.values.count == 7)
      } catch {
        #expect(error is Rejection, "seed \(seed)")
      }
    }
    #expect(read > 0 && read < 5000)
  }
}
