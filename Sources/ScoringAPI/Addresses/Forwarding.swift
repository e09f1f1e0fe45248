/// Who really asks, when a proxy stands in between; believed only from declared proxies.
struct Forwarding: Sendable {
  /// What is known of the client.
  struct Client: Equatable {
    /// The client's address.
    var address: String
    /// Whether the client came by TLS.
    var isSecure: Bool
  }

  let proxies: [AddressRange]

  /// The client of a request.
  ///
  /// `X-Forwarded-For` is read from its end: every proxy appends whom it saw, so the first address from the right that is no
  /// declared proxy is the nearest one that somebody we trust has seen. Whatever stands before it may be invented.
  ///
  /// - Parameters:
  ///   - peer: Who opened the connection.
  ///   - forwardedFor: The header's values, in order.
  ///   - forwardedProto: The header's last value.
  /// - Returns: The client.
  func client(peer: String, forwardedFor: String?, forwardedProto: String?) -> Client {
    guard isProxy(peer) else { return Client(address: peer, isSecure: false) }
    let isSecure =
      forwardedProto.map { Self.trimmed($0.split(separator: ",").last ?? "") == "https" } ?? false
    var address = peer
    for part in (forwardedFor ?? "").split(separator: ",").reversed() {
      let candidate = Self.trimmed(part)
      guard AddressRange.bytes(of: candidate) != nil else { break }
      address = candidate
      guard isProxy(candidate) else { break }
    }
    return Client(address: address, isSecure: isSecure)
  }

  private func isProxy(_ address: String) -> Bool { proxies.contains { $0.contains(address) } }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
