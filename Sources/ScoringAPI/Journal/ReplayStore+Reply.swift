import NIOCore

extension ReplayStore {
  /// The answer that a key has had before; nil reserves the key.
  ///
  /// - Throws: ``Problem`` when the key is in use, or names another request.
  func reply(_ key: String, digest: [UInt8]) throws(Problem) -> Reply? {
    switch begin(key, digest: digest, now: .now()) {
    case .new: return nil
    case .known(var reply):
      reply.headers.append(("idempotent-replayed", "true"))
      return reply
    case .inUse:
      throw Problem(
        .idempotencyKeyInUse,
        "a request with this key is being answered",
        remedy: "wait for its answer, or send the request again later",
        field: "idempotency-key"
      ).retry(afterSeconds: 1)
    case .otherRequest:
      throw Problem(
        .idempotencyKeyReused,
        "this key was sent with another request",
        remedy: "use a new key for each request",
        field: "idempotency-key"
      )
    }
  }
}
