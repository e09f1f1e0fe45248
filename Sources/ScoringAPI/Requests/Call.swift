import NIOCore

/// A request that was let in: what endpoints see of it.
struct Call: Sendable {
  var route: Int
  /// What stands in place of the `{…}` of the route's path.
  var parameters: [Substring]
  var headers: RequestHeaders
  var body: ByteBuffer
  /// The caller's key; nil where none is needed.
  var key: AccessKey?
  var requestID: String
  var trace: TraceContext
  /// Whether the client came by TLS.
  var isSecure: Bool
  /// Whether only the head of the answer is wanted.
  var wantsHeadOnly: Bool
  var keepsAlive: Bool
  var startedAt: NIODeadline
}
