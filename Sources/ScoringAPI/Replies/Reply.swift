import NIOCore
import NIOHTTP1
import StrictJSON

/// What is sent back.
struct Reply: Sendable {
  var status: HTTPResponseStatus
  var contentType: String
  var body: ByteBuffer
  /// Headers beside those that every response has.
  var headers: [(name: String, value: String)] = []
  /// The problem it tells of, for the metrics.
  var problem: ProblemCode?

  init(_ status: HTTPResponseStatus = .ok, contentType: String = "application/json", body: ByteBuffer) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }

  init(_ status: HTTPResponseStatus = .ok, json writer: JSONWriter) {
    self.init(status, body: ByteBuffer(bytes: writer.bytes))
  }

  init(_ problem: Problem, requestID: String?) {
    var writer = JSONWriter()
    problem.encode(into: &writer, requestID: requestID)
    self.init(problem.code.status, contentType: Problem.contentType, body: ByteBuffer(bytes: writer.bytes))
    headers = problem.headers
    self.problem = problem.code
  }

  /// A document that a cache may keep as long as it asks again: 304 without a body when the caller has it.
  static func document(
    _ bytes: [UInt8],
    contentType: String,
    tag: String,
    known: String?,
    headers: [(name: String, value: String)] = []
  ) -> Reply {
    let tag = "\"\(tag)\""
    let isKnown = known.map { list in
      list.split(separator: ",").contains { candidate in
        let candidate = candidate.drop { $0 == " " }.replacing("W/", with: "", maxReplacements: 1)
        return candidate == tag || candidate == "*"
      }
    }
    var reply =
      isKnown == true
      ? Reply(.notModified, contentType: contentType, body: ByteBuffer())
      : Reply(contentType: contentType, body: ByteBuffer(bytes: bytes))
    reply.headers = [("etag", tag), ("cache-control", "private, no-cache")] + headers
    return reply
  }
}

/// When a reply is there.
enum Answer {
  case now(Reply)
  /// On another thread, or when the brokers have acknowledged; fails with ``Problem``.
  case later(EventLoopFuture<Reply>)
}
