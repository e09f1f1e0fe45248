import NIOCore
import NIOHTTP1

/// Decides from its head alone whether a request is let in, before anything is read or computed for it.
struct Admission {
  /// A request that is refused, with as much of the call as is known.
  struct Refusal: Error {
    var problem: Problem
    var requestID: String
    var call: Call?
  }

  let context: APIContext

  /// Lets a request in or refuses it.
  ///
  /// - Parameters:
  ///   - head: The request's head.
  ///   - peer: Who opened the connection.
  ///   - loop: The event loop's state.
  ///   - now: The time.
  /// - Returns: The call, still without its body.
  /// - Throws: ``Refusal``.
  func admit(_ head: HTTPRequestHead, peer: String, loop: LoopState, now: NIODeadline) throws(Refusal) -> Call
  {
    let headers = RequestHeaders(head.headers)
    let requestID = RequestIdentity.accepted(headers.requestID) ?? loop.identity.requestID()
    var call: Call?
    do throws(Problem) {
      try checkForm(head, headers)
      let path = head.uri.utf8.firstIndex(of: UInt8(ascii: "?")).map { head.uri[..<$0] } ?? head.uri[...]
      let (route, parameters) = try route(head.method, path)
      let client = context.forwarding.client(
        peer: peer,
        forwardedFor: headers.forwardedFor,
        forwardedProto: headers.forwardedProto
      )
      let fresh = requestID.utf8.count == 32 && !requestID.utf8.contains(0x2d) ? requestID.lowercased() : nil
      let said = Call.Head(
        route: route,
        parameters: parameters,
        headers: headers,
        requestID: requestID,
        trace: TraceContext(
          parent: headers.traceParent,
          state: headers.traceState,
          fresh: fresh ?? loop.identity.requestID()
        ),
        isSecure: client.isSecure,
        wantsHeadOnly: head.method == .HEAD,
        keepsAlive: head.isKeepAlive,
        startedAt: now
      )
      var admitted = Call(head: said)
      call = admitted
      admitted.key = try key(headers, client.address, context.routes.routes[route].access, now)
      call = admitted
      if let wait = admitted.key?.bucket?.take(now: now) {
        throw Problem(
          .tooManyRequests,
          "the key has made more requests than it may",
          remedy: "wait as long as Retry-After says; ask the operator for a higher rate if you need it"
        ).retry(afterSeconds: wait)
      }
      try checkBody(head.method, headers, context.routes.routes[route])
      return admitted
    } catch {
      throw Refusal(problem: error, requestID: requestID, call: call)
    }
  }

  private func checkForm(_ head: HTTPRequestHead, _ headers: RequestHeaders) throws(Problem) {
    if let name = headers.repeated {
      throw Problem(
        .malformedRequest,
        "the header \(name) stands more than once",
        remedy: "send it once",
        field: name
      )
    }
    guard head.version.major == 1 else {
      throw Problem(.malformedRequest, "only HTTP/1.1 and 1.0 are spoken here", remedy: "use HTTP/1.1")
    }
    guard headers.host != nil || head.version.minor == 0 else {
      throw Problem(
        .malformedRequest,
        "the header host is missing",
        remedy: "send it, as HTTP/1.1 asks",
        field: "host"
      )
    }
    // A page of another origin must not reach a service without keys through a name that it points to loopback.
    if !context.keys.isRequired, let host = headers.host, !Self.isLocal(host) {
      throw Problem(
        .wrongHost,
        "the header host names another server",
        remedy:
          "without keys only localhost, 127.0.0.1 and [::1] are answered; configure a key_file for other names",
        field: "host"
      )
    }
  }

  private static func isLocal(_ host: String) -> Bool {
    let name = host.utf8.prefix { $0 != UInt8(ascii: ":") }
    // The usual names first, and as bytes: comparing texts and parsing addresses costs as much as routing a request.
    if name.elementsEqual("127.0.0.1".utf8) || name.elementsEqual("localhost".utf8) { return true }
    return host.hasPrefix("[::1]") || AddressRange.isLoopback(String(Substring(name)))
  }

  private func route(_ method: HTTPMethod, _ path: Substring) throws(Problem) -> (Int, [Substring]) {
    switch context.routes.match(method, path) {
    case .found(let route, let parameters) where !parameters.contains(where: { PathCheck.climbs($0) }):
      return (route, parameters)
    case .otherMethods(let methods) where !PathCheck.climbs(path):
      let allowed = methods.flatMap { $0 == .GET ? ["GET", "HEAD"] : [$0.rawValue] }.joined(separator: ", ")
      throw Problem(
        .methodNotAllowed,
        "this resource has no such method",
        remedy: "use one of \(allowed)"
      ).with("allow", allowed)
    case .found, .otherMethods, .none:
      if PathCheck.climbs(path) {
        throw Problem(
          .pathTraversal,
          "the path climbs out of the API",
          remedy: "send a path of the API, without `..` and backslashes"
        )
      }
      throw Problem(.notFound, "there is no such resource", remedy: "see /docs for those there are")
    }
  }

  private func key(
    _ headers: RequestHeaders,
    _ address: String,
    _ access: Route.Access?,
    _ now: NIODeadline
  ) throws(Problem) -> AccessKey? {
    guard context.keys.isRequired, case .scope(let scope) = access else { return nil }
    guard let authorization = headers.authorization else {
      throw Problem(
        .missingKey,
        "the header authorization is missing",
        remedy: "send `Authorization: Bearer KEY`",
        field: "authorization"
      ).with("www-authenticate", "Bearer")
    }
    let parts = authorization.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer",
      let key = context.keys.ring.key(presented: parts[1])
    else {
      if let wait = context.throttle.fail(address, now: now) {
        throw Problem(
          .tooManyRequests,
          "this address has presented too many unknown keys",
          remedy: "wait as long as Retry-After says, and send a key that is known"
        ).retry(afterSeconds: wait)
      }
      throw Problem(
        .invalidKey,
        "the key is not known",
        remedy: "send `Authorization: Bearer KEY` with a key that the operator has given you",
        field: "authorization"
      ).with("www-authenticate", "Bearer error=\"invalid_token\"")
    }
    if let expires = key.expires, Double(APIClock.wallMilliseconds()) / 1_000 >= expires {
      throw Problem(
        .expiredKey,
        "the key has expired",
        remedy: "ask the operator for a new one",
        field: "authorization"
      ).with("www-authenticate", "Bearer error=\"invalid_token\"")
    }
    guard key.scopes.contains(scope) else {
      throw Problem(
        .missingScope,
        "the key has not the scope \(scope.rawValue)",
        remedy: "use a key that has it",
        field: "authorization"
      )
    }
    return key
  }

  private func checkBody(_ method: HTTPMethod, _ headers: RequestHeaders, _ route: Route) throws(Problem) {
    if let key = headers.idempotencyKey, !Self.isIdempotencyKey(key) {
      throw Problem(
        .invalidIdempotencyKey,
        "the header idempotency-key is not usable",
        remedy: "send 1 to 255 visible ASCII characters, such as a UUID",
        field: "idempotency-key"
      )
    }
    guard case .json(let maximumBytes) = route.body else { return }
    guard let type = headers.contentType, Self.isJSON(type) else {
      throw Problem(
        .unsupportedMediaType,
        "the body is not declared as JSON",
        remedy: "send `Content-Type: application/json`",
        field: "content-type"
      )
    }
    if let encoding = headers.contentEncoding?.lowercased(),
      !["gzip", "deflate", "identity"].contains(encoding)
    {
      throw Problem(
        .unsupportedEncoding,
        "the body has an encoding that is not read here",
        remedy: "send it plain, or with `Content-Encoding: gzip`",
        field: "content-encoding"
      ).with("accept-encoding", "gzip, deflate")
    }
    if let text = headers.contentLength, let length = Int(text), length > maximumBytes {
      throw Self.tooLarge(maximumBytes)
    }
  }

  /// The problem of a body that is longer than it may be.
  static func tooLarge(_ maximumBytes: Int) -> Problem {
    Problem(.tooLarge, "the body is too large", remedy: "send at most \(maximumBytes) bytes")
  }

  private static func isJSON(_ type: String) -> Bool {
    // What nearly all send; looking at parameters takes apart texts.
    if type == "application/json" { return true }
    let parts = type.split(separator: ";", omittingEmptySubsequences: false)
    guard parts[0].filter({ $0 != " " }).lowercased() == "application/json" else { return false }
    return parts.dropFirst().allSatisfy { parameter in
      let text = parameter.filter { $0 != " " && $0 != "\"" }.lowercased()
      return !text.hasPrefix("charset=") || text == "charset=utf-8"
    }
  }

  private static func isIdempotencyKey(_ key: String) -> Bool {
    (1...255).contains(key.utf8.count) && key.utf8.allSatisfy { (0x21...0x7e).contains($0) }
  }
}
