import NIOCore

/// A request that was let in: what endpoints see of it.
struct Call: Sendable {
  /// What its head says.
  ///
  /// Shared: a call is handed on a dozen times before it is answered, and would count twenty strings each time.
  final class Head: Sendable {
    let route: Int
    /// What stands in place of the `{…}` of the route's path.
    let parameters: [Substring]
    let headers: RequestHeaders
    let requestID: String
    let trace: TraceContext
    /// Whether the client came by TLS.
    let isSecure: Bool
    /// Whether only the head of the answer is wanted.
    let wantsHeadOnly: Bool
    let keepsAlive: Bool
    let startedAt: NIODeadline

    init(
      route: Int,
      parameters: [Substring],
      headers: RequestHeaders,
      requestID: String,
      trace: TraceContext,
      isSecure: Bool,
      wantsHeadOnly: Bool,
      keepsAlive: Bool,
      startedAt: NIODeadline
    ) {
      self.route = route
      self.parameters = parameters
      self.headers = headers
      self.requestID = requestID
      self.trace = trace
      self.isSecure = isSecure
      self.wantsHeadOnly = wantsHeadOnly
      self.keepsAlive = keepsAlive
      self.startedAt = startedAt
    }
  }

  let head: Head
  /// The caller's key; nil where none is needed.
  var key: AccessKey?
  var body = ByteBuffer()

  var route: Int { head.route }
  var parameters: [Substring] { head.parameters }
  var headers: RequestHeaders { head.headers }
  var requestID: String { head.requestID }
  var trace: TraceContext { head.trace }
  var isSecure: Bool { head.isSecure }
  var wantsHeadOnly: Bool { head.wantsHeadOnly }
  var keepsAlive: Bool { head.keepsAlive }
  var startedAt: NIODeadline { head.startedAt }
}
