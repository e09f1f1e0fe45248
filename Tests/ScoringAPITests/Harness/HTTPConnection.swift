import Glibc

/// One connection to a server on loopback, spoken to in bytes, so that tests can send what no client would.
final class HTTPConnection {
  struct Response {
    var status: Int
    var headers: [String: String]
    var body: String

    subscript(header: String) -> String? { headers[header] }
  }

  struct Failure: Error { var reason: String }

  private let descriptor: Int32
  private var buffer: [UInt8] = []

  init(port: Int, timeoutSeconds: Int = 10) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var time = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      close(descriptor)
      throw Failure(reason: "cannot connect")
    }
  }

  deinit { close(descriptor) }

  /// Sends bytes; false when the peer has closed.
  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.send(descriptor, buffer.baseAddress.map { $0 + sent }, bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// Reads one response whole.
  func response(headOnly: Bool = false) throws -> Response {
    while true {
      let response = try head()
      if response.status == 100 { continue }
      guard let length = response.headers["content-length"].flatMap(Int.init) else {
        guard response.headers["transfer-encoding"] == "chunked" else { return response }
        return Response(status: response.status, headers: response.headers, body: try chunks())
      }
      guard !headOnly, response.status != 304 else { return response }
      while buffer.count < length { try fill() }
      defer { buffer.removeFirst(length) }
      let body = String(decoding: buffer[..<length], as: UTF8.self)
      return Response(status: response.status, headers: response.headers, body: body)
    }
  }

  /// The bytes of a response of known length, not as text.
  func responseBytes() throws -> (Response, [UInt8]) {
    let response = try head()
    var bytes: [UInt8] = []
    if let length = response.headers["content-length"].flatMap(Int.init) {
      while buffer.count < length { try fill() }
      bytes = Array(buffer[..<length])
      buffer.removeFirst(length)
    } else {
      bytes = try chunkBytes()
    }
    return (response, bytes)
  }

  /// Whether the peer has closed.
  func isClosed() -> Bool {
    do {
      while true { try fill() }
    } catch {
      return (error as? Failure)?.reason == "closed"
    }
  }

  private func head() throws -> Response {
    let lines = try line(until: [13, 10, 13, 10]).split(separator: "\r\n")
    guard let first = lines.first, let status = Int(first.split(separator: " ")[1]) else {
      throw Failure(reason: "no status line")
    }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
    }
    return Response(status: status, headers: headers, body: "")
  }

  private func chunks() throws -> String { String(decoding: try chunkBytes(), as: UTF8.self) }

  private func chunkBytes() throws -> [UInt8] {
    var body: [UInt8] = []
    while true {
      let size = Int(try line(until: [13, 10]), radix: 16) ?? 0
      while buffer.count < size + 2 { try fill() }
      body += buffer[..<size]
      buffer.removeFirst(size + 2)
      if size == 0 { return body }
    }
  }

  private func line(until mark: [UInt8]) throws -> String {
    while true {
      if let end = buffer.indices.first(where: { buffer[$0...].starts(with: mark) }) {
        let text = String(decoding: buffer[..<end], as: UTF8.self)
        buffer.removeFirst(end + mark.count)
        return text
      }
      try fill()
    }
  }

  private func fill() throws {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &chunk, chunk.count, 0)
    if count == 0 { throw Failure(reason: "closed") }
    if count < 0 { throw Failure(reason: errno == ECONNRESET ? "closed" : "time-out") }
    buffer += chunk[..<count]
  }
}
