import Testing

@testable import ScoringAPI

@Suite("Forwarding")
struct ForwardingTests {
  @Test(
    "Ranges hold what they should",
    arguments: [
      ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.1", false), ("127.0.0.1", "127.0.0.1", true),
      ("127.0.0.1", "127.0.0.2", false), ("fd00::/8", "fdff::1", true), ("fd00::/8", "fe00::1", false),
      ("10.0.0.0/8", "::ffff:10.1.1.1", true), ("0.0.0.0/0", "1.2.3.4", true),
      ("192.168.16.0/20", "192.168.31.9", true),
      ("192.168.16.0/20", "192.168.32.0", false),
    ]
  )
  func ranges(_ range: String, _ address: String, _ isInside: Bool) throws {
    #expect(try #require(AddressRange(range)).contains(address) == isInside)
  }

  @Test(
    "What is no range is refused",
    arguments: ["", "10.0.0.0/33", "10.0.0", "a/8", "fd00::/129", "1.2.3.4/x"]
  )
  func badRanges(_ text: String) { #expect(AddressRange(text) == nil) }

  private let forwarding = Forwarding(proxies: ["10.0.0.0/8", "127.0.0.1"].compactMap { AddressRange($0) })

  @Test("Nobody but a declared proxy is believed")
  func strangersAreNotBelieved() {
    let client = forwarding.client(peer: "203.0.113.9", forwardedFor: "1.1.1.1", forwardedProto: "https")
    #expect(client == Forwarding.Client(address: "203.0.113.9", isSecure: false))
  }

  @Test("The nearest address that is no proxy counts, whatever the client wrote before it")
  func spoofingFails() {
    let client = forwarding.client(
      peer: "127.0.0.1",
      forwardedFor: "6.6.6.6, 203.0.113.9, 10.1.1.1",
      forwardedProto: "https"
    )
    #expect(client == Forwarding.Client(address: "203.0.113.9", isSecure: true))
    #expect(
      forwarding.client(peer: "10.0.0.1", forwardedFor: "junk", forwardedProto: nil).address == "10.0.0.1"
    )
  }
}
