import NIOHTTP1

/// The headers that the API looks at, found in one pass.
struct RequestHeaders: Sendable {
  var authorization: String?
  var contentType: String?
  var contentEncoding: String?
  var contentLength: String?
  var transferEncoding: String?
  var acceptLanguage: String?
  var idempotencyKey: String?
  var requestID: String?
  var traceParent: String?
  var traceState: String?
  var prefer: String?
  var ifNoneMatch: String?
  var forwardedFor: String?
  var forwardedProto: String?
  var host: String?
  var expect: String?
  /// A header that may stand once and stood twice.
  var repeated: String?

  init(_ headers: HTTPHeaders) {
    for (name, value) in headers {
      switch name.utf8.count {
      case 4 where Self.equal(name, "host"): set(\.host, name, value)
      case 6 where Self.equal(name, "prefer"): join(\.prefer, value)
      case 6 where Self.equal(name, "expect"): set(\.expect, name, value)
      case 10 where Self.equal(name, "tracestate"): join(\.traceState, value)
      case 11 where Self.equal(name, "traceparent"): set(\.traceParent, name, value)
      case 12 where Self.equal(name, "content-type"): set(\.contentType, name, value)
      case 12 where Self.equal(name, "x-request-id"): set(\.requestID, name, value)
      case 13 where Self.equal(name, "authorization"): set(\.authorization, name, value)
      case 13 where Self.equal(name, "if-none-match"): join(\.ifNoneMatch, value)
      case 14 where Self.equal(name, "content-length"): set(\.contentLength, name, value)
      case 15 where Self.equal(name, "accept-language"): join(\.acceptLanguage, value)
      case 15 where Self.equal(name, "idempotency-key"): set(\.idempotencyKey, name, value)
      case 15 where Self.equal(name, "x-forwarded-for"): join(\.forwardedFor, value)
      case 16 where Self.equal(name, "content-encoding"): join(\.contentEncoding, value)
      case 17 where Self.equal(name, "transfer-encoding"): join(\.transferEncoding, value)
      case 17 where Self.equal(name, "x-forwarded-proto"): join(\.forwardedProto, value)
      default: break
      }
    }
  }

  /// Whether the caller asked for strict handling (RFC 7240).
  var prefersStrictHandling: Bool {
    guard let prefer else { return false }
    return prefer.split(separator: ",").contains { part in
      part.filter { $0 != " " && $0 != "\"" }.lowercased() == "handling=strict"
    }
  }

  private mutating func set(_ field: WritableKeyPath<Self, String?>, _ name: String, _ value: String) {
    if self[keyPath: field] != nil { repeated = name.lowercased() }
    self[keyPath: field] = value
  }

  private mutating func join(_ field: WritableKeyPath<Self, String?>, _ value: String) {
    self[keyPath: field] = self[keyPath: field].map { $0 + ", " + value } ?? value
  }

  /// Whether a header's name is this one, whatever its case.
  ///
  /// - Precondition: Both have the same length; `lower` is lower case.
  private static func equal(_ name: String, _ lower: StaticString) -> Bool {
    var name = name
    return name.withUTF8 { name in
      lower.withUTF8Buffer { lower in
        for index in 0..<lower.count {
          let byte = name[index]
          let folded = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte
          if folded != lower[index] { return false }
        }
        return true
      }
    }
  }
}
