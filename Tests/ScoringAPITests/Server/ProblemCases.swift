/// Requests that are refused, each with the problem it meets and the status.
struct ProblemCase: Sendable, CustomStringConvertible {
  var description: String
  var code: String
  var status: Int
  var method = "POST"
  var path = "/v1/decisions"
  var headers: [String: String] = [:]
  var body: String?

  static let goodID = "a-\(Canary.text)"
  static let good = "{\"id\":\"\(goodID)\",\"income\":1000,\"job\":\"A\"}"

  static let all: [ProblemCase] = [
    .init(
      "wrong content type",
      "unsupported-media-type",
      415,
      headers: ["Content-Type": "text/plain"],
      body: good
    ),
    .init("no content type", "unsupported-media-type", 415, headers: ["Content-Type": "-"], body: good),
    .init(
      "other charset",
      "unsupported-media-type",
      415,
      headers: ["Content-Type": "application/json; charset=latin1"],
      body: good
    ),
    .init("unknown encoding", "unsupported-encoding", 415, headers: ["Content-Encoding": "br"], body: good),
    .init("no gzip inside", "unsupported-encoding", 415, headers: ["Content-Encoding": "gzip"], body: good),
    .init("empty body", "empty-body", 400, body: ""),
    .init("blank body", "empty-body", 400, body: "  \n"),
    .init("truncated JSON", "not-json", 400, body: #"{"id":"a","income":10"#),
    .init("NaN", "not-json", 400, body: #"{"id":"a","income":NaN}"#),
    .init("two documents", "not-json", 400, body: good + good),
    .init("duplicate key", "duplicate-key", 400, body: #"{"id":"a","income":1,"income":2}"#),
    .init("byte order mark", "not-utf8", 400, body: "\u{feff}" + good),
    .init(
      "too deep",
      "too-deep",
      400,
      body: #"{"id":"a","x":"# + String(repeating: "[", count: 40) + String(repeating: "]", count: 40) + "}"
    ),
    .init(
      "too many members",
      "too-large",
      413,
      body: "{" + (0..<5_000).map { "\"k\($0)\":0" }.joined(separator: ",") + "}"
    ),
    .init(
      "too long a text",
      "too-large",
      413,
      body: #"{"id":"a","job":""# + String(repeating: "x", count: 20_000) + "\"}"
    ),
    .init(
      "too large a body",
      "too-large",
      413,
      body: #"{"id":"a","x":""# + String(repeating: "x", count: 1 << 20) + "\"}"
    ),
    .init("a number beyond doubles", "number-out-of-range", 422, body: #"{"id":"a","income":1e999}"#),
    .init("no object", "not-an-object", 422, body: "[1]"),
    .init("missing id", "missing-id", 422, body: #"{"income":1}"#),
    .init("id is an object", "invalid-id", 422, body: #"{"id":{},"income":1}"#),
    .init("wrong type", "wrong-type", 422, body: #"{"id":"a","income":"1000"}"#),
    .init(
      "unknown field, strictly",
      "unknown-field",
      422,
      headers: ["Prefer": "handling=strict"],
      body: #"{"id":"a","incomee":1}"#
    ),
    .init("unknown language", "unknown-language", 406, headers: ["Accept-Language": "tlh"], body: good),
    .init(
      "bad idempotency key",
      "invalid-idempotency-key",
      400,
      headers: ["Idempotency-Key": "a b"],
      body: good
    ),
    .init("unknown version", "unknown-version", 404, method: "GET", path: "/v1/models/99"),
    .init("no version at all", "unknown-version", 404, method: "GET", path: "/v1/models/007/card"),
    .init("unknown path", "not-found", 404, method: "GET", path: "/v2"),
    .init(
      "path traversal",
      "path-traversal",
      400,
      method: "GET",
      path: "/v1/models/%2e%2e%2f%2e%2e%2fetc%2fpasswd"
    ),
    .init("wrong method", "method-not-allowed", 405, method: "DELETE", path: "/v1/decisions"),
    .init(
      "foreign host",
      "wrong-host",
      421,
      method: "GET",
      path: "/v1/models",
      headers: ["Host": "evil.example"]
    ),
    .init("no host", "malformed-request", 400, method: "GET", path: "/v1/models", headers: ["Host": "-"]),
    .init("admin while it is off", "admin-disabled", 403, path: "/v1/models/1/activate"),
    .init(
      "a batch that is none",
      "wrong-type",
      422,
      path: "/v1/decisions/batch",
      body: #"{"applications":{}}"#
    ),
    .init(
      "a batch of nothing",
      "empty-body",
      400,
      path: "/v1/decisions/batch",
      body: #"{"applications":[]}"#
    ),
    .init(
      "a member that no batch has",
      "unknown-field",
      422,
      path: "/v1/decisions/batch",
      body: #"{"applications":[1],"x":1}"#
    ),
    .init(
      "too large a batch",
      "too-large",
      413,
      path: "/v1/decisions/batch",
      body: #"{"applications":["# + String(repeating: "1,", count: 1_000) + "1]}"
    ),
    .init("a truncated batch", "not-json", 400, path: "/v1/decisions/batch", body: #"{"applications":[{}"#),
    .init(
      "a batch with a duplicate key",
      "duplicate-key",
      400,
      path: "/v1/decisions/batch",
      body: #"{"applications":[{"id":1,"id":2}]}"#
    ),
    .init("an explanation of nothing", "missing-id", 422, path: "/v1/explanations", body: "{}"),
  ]

  init(
    _ description: String,
    _ code: String,
    _ status: Int,
    method: String = "POST",
    path: String = "/v1/decisions",
    headers: [String: String] = [:],
    body: String? = nil
  ) {
    self.description = description
    self.code = code
    self.status = status
    self.method = method
    self.path = path
    self.headers = headers
    self.body = body
  }
}
