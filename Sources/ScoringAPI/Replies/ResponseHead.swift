import NIOCore
import NIOHTTP1

/// Makes the heads of responses.
enum ResponseHead {
  static func make(
    _ reply: Reply,
    _ call: Call?,
    requestID: String,
    date: String,
    closes: Bool
  ) -> HTTPResponseHead {
    var headers = SecurityHeaders.all
    headers.reserveCapacity(18)
    headers.add(name: "date", value: date)
    headers.add(name: "content-type", value: reply.contentType)
    if reply.status != .notModified {
      headers.add(name: "content-length", value: String(reply.body.readableBytes))
    }
    headers.add(name: "x-request-id", value: requestID)
    if let trace = call?.headers.traceParent, let call, trace.contains(call.trace.traceID) {
      headers.add(name: "traceparent", value: trace)
    }
    var hasPolicy = false
    var hasCaching = false
    for (name, value) in reply.headers {
      headers.add(name: name, value: value)
      hasPolicy = hasPolicy || name == SecurityHeaders.nothing.0
      hasCaching = hasCaching || name == "cache-control"
    }
    if !hasPolicy { headers.add(name: SecurityHeaders.nothing.0, value: SecurityHeaders.nothing.1) }
    if !hasCaching { headers.add(name: "cache-control", value: "no-store") }
    if call?.isSecure == true {
      headers.add(name: SecurityHeaders.transport.0, value: SecurityHeaders.transport.1)
    }
    if closes { headers.add(name: "connection", value: "close") }
    return HTTPResponseHead(version: .http1_1, status: reply.status, headers: headers)
  }
}
