import Crypto
import Logging
import ModelRegistry
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import Telemetry

/// Reads the requests of one connection and answers them, one after the other, on the connection's event loop.
///
/// Every state has a deadline, which ``checkDeadline(_:)`` enforces; a request is refused on its head where the head says
/// enough, and nothing of a refused body is kept.
///
/// **Thread:** that of its event loop.
final class RequestHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private enum Phase {
    /// Between two requests.
    case idle
    /// A head is on its way; a new connection starts here, so that one that says nothing is closed soon.
    case head
    case body(Call, maximumBytes: Int)
    /// A refused request with a short body, which is read to its end so that the connection can be used again.
    case discarding(Reply, Call?, requestID: String, remainingBytes: Int)
    case answering
    /// Answered for the last time; what still arrives is dropped until the peer has closed, too.
    case closing
  }

  /// The longest body that is read only to be dropped.
  private static let maximumDiscardedBytes = 64 << 10
  private static let answerTimeout = TimeAmount.seconds(60)
  private static let lingerTimeout = TimeAmount.seconds(2)

  private let loop: LoopState
  private let admission: Admission
  private var phase = Phase.head
  private var since = NIODeadline.now()
  private var context: ChannelHandlerContext?
  private var arrival: ArrivalHandler?
  private var peer = ""
  private var inputIsClosed = false

  init(_ loop: LoopState) {
    self.loop = loop
    admission = Admission(context: loop.context)
  }

  /// Learns who writes when there is no request to answer.
  func use(_ arrival: ArrivalHandler) { self.arrival = arrival }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    peer = context.remoteAddress?.ipAddress ?? ""
    loop.add(self)
  }

  func channelInactive(context: ChannelHandlerContext) {
    leave()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { leave() }

  private func leave() {
    loop.remove(self)
    context = nil
    arrival = nil
  }

  private func enter(_ phase: Phase, _ now: NIODeadline = .now()) {
    self.phase = phase
    since = now
  }

  /// Bytes came in: between two requests they are the first of a head.
  func bytesArrived() {
    if case .idle = phase { enter(.head) }
  }

  // MARK: - Reading

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): begin(head, context)
    case .body(let bytes): take(bytes)
    case .end: end()
    }
  }

  private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    if case .closing = phase { return }
    let now = NIODeadline.now()
    peer = peer.isEmpty ? context.remoteAddress?.ipAddress ?? "" : peer
    do throws(Admission.Refusal) {
      let call = try admission.admit(head, peer: peer, loop: loop, now: now)
      var maximumBytes = Self.maximumDiscardedBytes
      if case .json(let bytes) = loop.context.routes.routes[call.route].body { maximumBytes = bytes }
      enter(.body(call, maximumBytes: maximumBytes), now)
      if call.headers.expect?.lowercased() == "100-continue" {
        context.writeAndFlush(
          wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))),
          promise: nil
        )
      }
    } catch {
      refuse(error, head, now)
    }
  }

  private func refuse(_ refusal: Admission.Refusal, _ head: HTTPRequestHead, _ now: NIODeadline) {
    let reply = Reply(refusal.problem, requestID: refusal.requestID)
    let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
    let isShort =
      !head.headers.contains(name: "transfer-encoding") && !head.headers.contains(name: "expect")
      && length <= Self.maximumDiscardedBytes
    guard isShort, head.isKeepAlive else {
      return send(reply, refusal.call, requestID: refusal.requestID, startedAt: now, closes: true)
    }
    enter(
      .discarding(
        reply,
        refusal.call,
        requestID: refusal.requestID,
        remainingBytes: Self.maximumDiscardedBytes
      ),
      now
    )
  }

  private func take(_ bytes: ByteBuffer) {
    switch phase {
    case .body(var call, let maximumBytes):
      loop.context.metrics.requestBytes.increment(by: bytes.readableBytes)
      guard call.body.readableBytes + bytes.readableBytes <= maximumBytes else {
        return fail(Admission.tooLarge(maximumBytes), call)
      }
      // A body in one piece is used as it lies in the receive buffer.
      phase = .idle
      if call.body.readableBytes == 0 { call.body = bytes } else { call.body.writeImmutableBuffer(bytes) }
      phase = .body(call, maximumBytes: maximumBytes)
    case .discarding(let reply, let call, let requestID, let remaining):
      guard bytes.readableBytes <= remaining else {
        return send(reply, call, requestID: requestID, startedAt: since, closes: true)
      }
      phase = .discarding(reply, call, requestID: requestID, remainingBytes: remaining - bytes.readableBytes)
    case .idle, .head, .answering, .closing: break
    }
  }

  private func end() {
    switch phase {
    case .body(let call, _): answer(call)
    case .discarding(let reply, let call, let requestID, _):
      send(reply, call, requestID: requestID, startedAt: since, closes: false)
    case .idle, .head, .answering, .closing: break
    }
  }

  // MARK: - Answering

  private func answer(_ call: Call) {
    enter(.answering)
    let route = loop.context.routes.routes[call.route]
    let replay = route.isReplayable ? call.headers.idempotencyKey.map { replayKey($0, call) } : nil
    do throws(Problem) {
      if let replay, let reply = try loop.context.replays.reply(replay, digest: digest(call, route)) {
        loop.context.metrics.replays.increment()
        return finish(reply, call)
      }
      switch try route.handler(call, loop) {
      case .now(let reply):
        keep(reply, replay)
        finish(reply, call)
      case .later(let future): wait(for: future, call, replay)
      }
    } catch {
      if error.code != .idempotencyKeyInUse, error.code != .idempotencyKeyReused { abandon(replay) }
      finish(Reply(error, requestID: call.requestID), call)
    }
  }

  private func wait(for future: EventLoopFuture<Reply>, _ call: Call, _ replay: String?) {
    // The future belongs to this event loop, so nothing leaves its thread.
    future.assumeIsolated().whenComplete { result in
      switch result {
      case .success(let reply):
        self.keep(reply, replay)
        self.finish(reply, call)
      case .failure(let error):
        self.abandon(replay)
        self.finish(Reply(self.problem(error, call), requestID: call.requestID), call)
      }
    }
  }

  private func problem(_ error: any Error, _ call: Call) -> Problem {
    if let problem = error as? Problem { return problem }
    // What went wrong inside is for the log, not for the caller. Errors of the registry speak of files; others could hold
    // what the caller sent, and only their kind is told.
    let reason = (error as? RegistryError)?.description ?? "\(type(of: error))"
    loop.context.logger.error(
      "Internal failure",
      metadata: [
        LogKey.reason: "\(reason)", LogKey.requestID: "\(call.requestID)",
        LogKey.traceID: "\(call.trace.traceID)",
      ]
    )
    return Problem(
      .internalFailure,
      "the request failed inside the server",
      remedy: "report it with the request id"
    )
  }

  private func replayKey(_ key: String, _ call: Call) -> String { (call.key?.name ?? "") + "\n" + key }

  private func digest(_ call: Call, _ route: Route) -> [UInt8] {
    var hash = SHA256()
    let said = [route.path, call.headers.acceptLanguage ?? "", call.headers.prefer ?? "", ""].joined(
      separator: "\n"
    )
    hash.update(data: Array(said.utf8))
    call.body.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
    return Array(hash.finalize())
  }

  private func keep(_ reply: Reply, _ replay: String?) {
    if let replay { loop.context.replays.finish(replay, reply) }
  }

  private func abandon(_ replay: String?) {
    if let replay { loop.context.replays.abandon(replay) }
  }

  private func finish(_ reply: Reply, _ call: Call) {
    send(
      reply,
      call,
      requestID: call.requestID,
      startedAt: call.startedAt,
      closes: !call.keepsAlive || inputIsClosed
    )
  }

  private func fail(_ problem: Problem, _ call: Call?) {
    let requestID = call?.requestID ?? loop.identity.requestID()
    send(Reply(problem, requestID: requestID), call, requestID: requestID, startedAt: since, closes: true)
  }

  private func send(_ reply: Reply, _ call: Call?, requestID: String, startedAt: NIODeadline, closes: Bool) {
    guard let context else { return }
    let closes = closes || loop.context.isDraining
    let now = NIODeadline.now()
    let head = ResponseHead.make(reply, call, requestID: requestID, date: loop.date, closes: closes)
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if call?.wantsHeadOnly != true, reply.status.mayHaveResponseBody, reply.body.readableBytes > 0 {
      context.write(wrapOutboundOut(.body(.byteBuffer(reply.body))), promise: nil)
    }
    enter(closes ? .closing : .idle, now)
    if closes {
      let written = context.eventLoop.makePromise(of: Void.self)
      written.futureResult.assumeIsolated().whenComplete { _ in
        self.context?.close(mode: .output, promise: nil)
      }
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    } else {
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
    note(reply, call, requestID: requestID, microseconds: Int((now - startedAt).nanoseconds / 1_000))
    if closes, inputIsClosed { context.close(promise: nil) }
  }

  private func note(_ reply: Reply, _ call: Call?, requestID: String, microseconds: Int) {
    let metrics = loop.context.metrics
    metrics.count(route: call?.route, status: reply.status.code, microseconds: microseconds)
    metrics.responseBytes.increment(by: reply.body.readableBytes)
    if let problem = reply.problem { metrics.count(problem) }
    loop.log(
      call,
      method: call.map { loop.context.routes.routes[$0.route].method } ?? .GET,
      reply,
      requestID: requestID,
      microseconds: microseconds
    )
  }

  // MARK: - What goes wrong

  /// Ends what has taken too long.
  func checkDeadline(_ now: NIODeadline) {
    let limits = loop.context.settings.limits
    let elapsed = now - since
    switch phase {
    case .head:
      guard elapsed > .milliseconds(Int64(limits.headerMilliseconds)) else { return }
      refuseUnread(
        Problem(.requestTimeout, "the head of the request took too long", remedy: "send it faster")
      )
    case .body(let call, _):
      guard elapsed > .milliseconds(Int64(limits.bodyMilliseconds)) else { return }
      fail(Problem(.requestTimeout, "the body took too long", remedy: "send it faster, or less of it"), call)
    case .discarding(let reply, let call, let requestID, _):
      guard elapsed > .milliseconds(Int64(limits.bodyMilliseconds)) else { return }
      send(reply, call, requestID: requestID, startedAt: since, closes: true)
    case .idle:
      if elapsed > .milliseconds(Int64(limits.idleMilliseconds)) { context?.close(promise: nil) }
    case .answering: if elapsed > Self.answerTimeout { context?.close(promise: nil) }
    case .closing: if elapsed > Self.lingerTimeout { context?.close(promise: nil) }
    }
  }

  /// Answers where no request was read: the response is written past the encoder, which knows of none.
  private func refuseUnread(_ problem: Problem) {
    guard let arrival else { return }
    let requestID = loop.identity.requestID()
    let reply = Reply(problem, requestID: requestID)
    let head = ResponseHead.make(reply, nil, requestID: requestID, date: loop.date, closes: true)
    var bytes = ByteBuffer(string: "HTTP/1.1 \(reply.status.code) \(reply.status.reasonPhrase)\r\n")
    for (name, value) in head.headers { bytes.writeString("\(name): \(value)\r\n") }
    bytes.writeString("\r\n")
    bytes.writeImmutableBuffer(reply.body)
    let elapsed = Int((NIODeadline.now() - since).nanoseconds / 1_000)
    enter(.closing)
    arrival.write(bytes)
    note(reply, nil, requestID: requestID, microseconds: elapsed)
    context?.close(mode: .output, promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch (error, phase) {
    case (_, .closing), (_, .answering), (is IOError, _): context.close(promise: nil)
    case (NIOHTTPDecompression.DecompressionError.limit, .body(let call, let maximumBytes)):
      fail(Admission.tooLarge(maximumBytes), call)
    case (is NIOHTTPDecompression.DecompressionError, .body(let call, _)),
      (is NIOHTTPDecompression.ExtraDecompressionError, .body(let call, _)):
      fail(
        Problem(
          .unsupportedEncoding,
          "the body is not what content-encoding says",
          remedy: "compress it as gzip, or send it plain",
          field: "content-encoding"
        ),
        call
      )
    case (HTTPParserError.headerOverflow, _):
      let limits = loop.context.settings.limits
      refuseUnread(
        Problem(
          .headersTooLarge,
          "the head of the request is too large",
          remedy: "send at most \(limits.headerFields) fields and \(limits.headerBytes) bytes"
        )
      )
    default:
      refuseUnread(Problem(.malformedRequest, "the request is not HTTP/1.1", remedy: "follow RFC 9112"))
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .inputClosed? = event as? ChannelEvent {
      inputIsClosed = true
      switch phase {
      case .answering: break
      case .idle, .head, .body, .discarding, .closing: context.close(promise: nil)
      }
    }
    context.fireUserInboundEventTriggered(event)
  }
}
