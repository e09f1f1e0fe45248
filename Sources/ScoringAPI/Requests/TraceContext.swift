/// The place of a request in a distributed trace, as W3C Trace Context writes it.
struct TraceContext: Sendable, Equatable {
  /// 32 lower-case hexadecimal digits, not all zero.
  let traceID: String
  /// 2 hexadecimal digits: whether the trace is recorded.
  let flags: String
  /// What vendors add; handed on, never read.
  let state: String?

  /// Continues the caller's trace, or starts one when there is none or it is malformed.
  ///
  /// - Parameters:
  ///   - parent: The header `traceparent`.
  ///   - state: The header `tracestate`; dropped without a valid parent.
  ///   - fresh: The id of a trace of our own.
  init(parent: String?, state: String?, fresh: String) {
    guard let parent, let (trace, flags) = Self.parsed(parent) else {
      traceID = fresh
      flags = "00"
      self.state = nil
      return
    }
    traceID = trace
    self.flags = flags
    self.state = state.flatMap { $0.utf8.count <= 512 ? $0 : nil }
  }

  /// The header for whatever we ask or tell in turn.
  ///
  /// - Parameter span: The id of our own part, 16 hexadecimal digits.
  /// - Returns: The header's value.
  func parent(span: String) -> String { "00-\(traceID)-\(span)-\(flags)" }

  private static func parsed(_ text: String) -> (trace: String, flags: String)? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 4, parts[0].utf8.count == 2, isHexadecimal(parts[0]), parts[0] != "ff" else {
      return nil
    }
    // Version 00 has exactly four parts; later versions may add some.
    guard parts[0] != "00" || parts.count == 4 else { return nil }
    guard parts[1].utf8.count == 32, isHexadecimal(parts[1]), parts[1].contains(where: { $0 != "0" }),
      parts[2].utf8.count == 16, isHexadecimal(parts[2]), parts[2].contains(where: { $0 != "0" }),
      parts[3].utf8.count == 2, isHexadecimal(parts[3])
    else { return nil }
    return (String(parts[1]), String(parts[3]))
  }

  private static func isHexadecimal(_ text: Substring) -> Bool {
    text.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }
  }
}
