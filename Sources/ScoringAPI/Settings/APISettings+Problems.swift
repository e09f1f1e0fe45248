/// What is wrong with a value that reads well.
public struct APISettingsProblem: Sendable, Equatable {
  /// The keys that lead to the value in the file.
  public var path: [String]
  /// What is wrong and what to do.
  public var message: String
}

extension APISettings {
  /// Everything that cannot work, not only the first.
  ///
  /// - Returns: The problems, in the order of the file's keys as documented; empty when there is none.
  public func problems() -> [APISettingsProblem] {
    var problems: [APISettingsProblem] = []
    func check(_ isGood: Bool, _ path: String..., message: String) {
      if !isGood { problems.append(APISettingsProblem(path: path, message: message)) }
    }
    check(
      AddressRange.isLoopback(host) || keyFile != nil,
      "host",
      message: "is not loopback: name a key_file first, or listen on 127.0.0.1 behind a proxy or tunnel"
    )
    check((0...65_535).contains(port), "port", message: "must be 0 to 65535")
    check((0...256).contains(threads), "threads", message: "must be 0 (one for each core) to 256")
    check(
      (1...48).contains(instance.utf8.count) && instance.utf8.allSatisfy(Self.isNameByte),
      "instance",
      message: "must be 1 to 48 of A-Z a-z 0-9 _ -, other for each process"
    )
    for (index, proxy) in trustedProxies.enumerated() {
      check(
        AddressRange(proxy) != nil,
        "trusted_proxies",
        "\(index)",
        message: "is no range of addresses: write 10.0.0.0/8 or 127.0.0.1"
      )
    }
    check(
      !isAdminEnabled || keyFile != nil,
      "admin",
      message: "needs a key_file: whoever may put models in force must be known"
    )
    let bounds: [(String, Int, ClosedRange<Int>)] = [
      ("body_bytes", limits.bodyBytes, 1_024...(1 << 20)),
      ("batch_bytes", limits.batchBytes, 1_024...(64 << 20)),
      ("batch_applications", limits.batchApplications, 1...100_000),
      ("header_bytes", limits.headerBytes, 1_024...(1 << 20)),
      ("header_fields", limits.headerFields, 8...1_000),
      ("header_ms", limits.headerMilliseconds, 100...600_000),
      ("body_ms", limits.bodyMilliseconds, 100...600_000),
      ("idle_ms", limits.idleMilliseconds, 100...3_600_000),
      ("connections", limits.connections, 1...65_536),
      ("requests_per_second", limits.requestsPerSecond, 0...1_000_000),
    ]
    for (key, value, range) in bounds {
      check(
        range.contains(value),
        "limits",
        key,
        message: "must be \(range.lowerBound) to \(range.upperBound)"
      )
    }
    check(
      kafka.brokers == nil
        || (!kafka.decisions.isEmpty && !kafka.models.isEmpty && kafka.decisions != kafka.models),
      "kafka",
      message: "decisions and models must be two topics"
    )
    check(
      (100...60_000).contains(kafka.acknowledgeMilliseconds),
      "kafka",
      "acknowledge_ms",
      message: "must be 100 to 60000"
    )
    check((0...60_000).contains(drainMilliseconds), "drain_ms", message: "must be 0 to 60000")
    check(
      (1_000...600_000).contains(shutdownMilliseconds) && shutdownMilliseconds > drainMilliseconds,
      "shutdown_ms",
      message: "must be 1000 to 600000, and more than drain_ms"
    )
    return problems
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
