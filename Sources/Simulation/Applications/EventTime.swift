import FoundationEssentials

/// Moments as declarations write them.
enum EventTime {
  /// Reads an ISO 8601 moment with a time zone, such as `2026-01-05T08:00:00Z`.
  ///
  /// - Parameters:
  ///   - text: The moment.
  ///   - path: Where it stands in the declaration.
  /// - Returns: Milliseconds since 1970-01-01 UTC.
  /// - Throws: ``SimulationError`` for any other text.
  static func milliseconds(_ text: String, _ path: [String]) throws(SimulationError) -> Int64 {
    guard let date = try? Date(text, strategy: .iso8601) else {
      let problem = SimulationProblem(
        path: path,
        message: "\"\(text)\" is not a moment; write it like 2026-01-05T08:00:00Z"
      )
      throw SimulationError(
        .invalidDeclaration,
        "the moment at which applications begin to arrive is unclear",
        problems: [problem]
      )
    }
    return Int64((date.timeIntervalSince1970 * 1000).rounded())
  }
}
