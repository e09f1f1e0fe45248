import NIOHTTP1

/// Why a request has no result: the closed list that problem documents, metrics and the contract share.
enum ProblemCode: String, CaseIterable, Sendable {
  case malformedRequest = "malformed-request"
  case pathTraversal = "path-traversal"
  case wrongHost = "wrong-host"
  case notFound = "not-found"
  case methodNotAllowed = "method-not-allowed"
  case missingKey = "missing-key"
  case invalidKey = "invalid-key"
  case expiredKey = "expired-key"
  case missingScope = "missing-scope"
  case adminDisabled = "admin-disabled"
  case tooManyRequests = "too-many-requests"
  case headersTooLarge = "headers-too-large"
  case requestTimeout = "request-timeout"
  case unsupportedMediaType = "unsupported-media-type"
  case unsupportedEncoding = "unsupported-encoding"
  case tooLarge = "too-large"
  case emptyBody = "empty-body"
  case notJSON = "not-json"
  case notUTF8 = "not-utf8"
  case duplicateKey = "duplicate-key"
  case tooDeep = "too-deep"
  case numberOutOfRange = "number-out-of-range"
  case notAnObject = "not-an-object"
  case missingID = "missing-id"
  case invalidID = "invalid-id"
  case wrongType = "wrong-type"
  case unknownField = "unknown-field"
  case unknownLanguage = "unknown-language"
  case unknownVersion = "unknown-version"
  case noCard = "no-card"
  case refusedModel = "refused-model"
  case nothingBefore = "nothing-before"
  case invalidIdempotencyKey = "invalid-idempotency-key"
  case idempotencyKeyInUse = "idempotency-key-in-use"
  case idempotencyKeyReused = "idempotency-key-reused"
  case scoringFailed = "scoring-failed"
  case internalFailure = "internal-failure"
  case noModel = "no-model"
  case notReady = "not-ready"
  case notRecorded = "not-recorded"

  /// The status of the response.
  var status: HTTPResponseStatus {
    switch self {
    case .malformedRequest, .pathTraversal, .emptyBody, .notJSON, .notUTF8, .duplicateKey, .tooDeep,
      .invalidIdempotencyKey:
      .badRequest
    case .missingKey, .invalidKey, .expiredKey: .unauthorized
    case .missingScope, .adminDisabled: .forbidden
    case .notFound, .unknownVersion, .noCard: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .unknownLanguage: .notAcceptable
    case .requestTimeout: .requestTimeout
    case .idempotencyKeyInUse, .idempotencyKeyReused, .nothingBefore, .refusedModel: .conflict
    case .tooLarge: .payloadTooLarge
    case .unsupportedMediaType, .unsupportedEncoding: .unsupportedMediaType
    case .wrongHost: .misdirectedRequest
    case .numberOutOfRange, .notAnObject, .missingID, .invalidID, .wrongType, .unknownField:
      .unprocessableEntity
    case .tooManyRequests: .tooManyRequests
    case .headersTooLarge: .requestHeaderFieldsTooLarge
    case .scoringFailed, .internalFailure: .internalServerError
    case .noModel, .notReady, .notRecorded: .serviceUnavailable
    }
  }

  /// The same for every occurrence, as RFC 9457 asks.
  var title: String {
    let words = rawValue.replacing("-", with: " ").replacing("json", with: "JSON").replacing(
      "utf8",
      with: "UTF-8"
    )
    return words.prefix(1).uppercased() + words.dropFirst()
  }

  /// The member `type`.
  var type: String { "urn:creditstream:problem:" + rawValue }
}
