import StrictJSON

/// What one kind of call cost both sides.
struct TreeMeasurement {
  var name: String
  var rowsPerCall: Int
  var isContributions = false
  /// Nanoseconds of each call.
  var ours: [Int] = []
  var theirs: [Int] = []

  /// Microseconds per row at a share of the calls.
  static func quantile(_ times: [Int], _ share: Double, rowsPerCall: Int) -> Double {
    let sorted = times.sorted()
    let index = min(sorted.count - 1, Int(Double(sorted.count) * share))
    return Double(sorted[index]) / 1e3 / Double(rowsPerCall)
  }

  func ours(_ share: Double) -> Double { Self.quantile(ours, share, rowsPerCall: rowsPerCall) }
  func theirs(_ share: Double) -> Double { Self.quantile(theirs, share, rowsPerCall: rowsPerCall) }

  /// How many times faster our median is.
  var ratio: Double { theirs(0.5) / ours(0.5) }
}

/// The result of `creditstream bench trees`.
struct TreeBenchReport {
  var model = ""
  var peer = ""
  /// The core everything ran on, or nil when it could not be chosen.
  var core: Int?
  var loadMilliseconds = 0.0
  var comparedRows = 0
  /// Margins whose bits are not the peer's.
  var differentMargins = 0
  var largestContributionDifference = 0.0
  var largestAdditivityError = 0.0
  var measurements: [TreeMeasurement] = []

  func table() -> String {
    var lines = [["µs a row", "ours p50", "p90", "p99", "peer p50", "p90", "p99", "rows/s", "ratio"]]
    for measurement in measurements {
      let shares = [0.5, 0.9, 0.99]
      let times = shares.map(measurement.ours) + shares.map(measurement.theirs)
      lines.append(
        [measurement.name] + times.map { Terminal.fixed($0, 2) } + [
          "\(Int(1e6 / measurement.ours(0.5)))", Terminal.fixed(measurement.ratio, 1) + "×",
        ]
      )
    }
    return """
      \(model)
      \(peer), both on \(core.map { "core \($0)" } ?? "no fixed core"); loading takes us \
      \(Terminal.fixed(loadMilliseconds, 1)) ms
      \(differentMargins) of \(comparedRows) margins differ; contributions within \
      \(largestContributionDifference), additive within \(largestAdditivityError)

      \(Terminal.table(lines))
      """
  }

  func json() -> String {
    var writer = JSONWriter(pretty: true)
    writer.beginObject()
    writer.member("model", model)
    writer.member("peer", peer)
    if let core { writer.member("core", core) }
    writer.member("load_milliseconds", loadMilliseconds)
    writer.member("compared_rows", comparedRows)
    writer.member("different_margins", differentMargins)
    writer.member("largest_contribution_difference", largestContributionDifference)
    writer.member("largest_additivity_error", largestAdditivityError)
    writer.key("measurements")
    writer.beginArray()
    for measurement in measurements {
      writer.beginObject()
      writer.member("name", measurement.name)
      let isContributions = measurement.isContributions
      writer.member(
        isContributions ? "contributions_per_second" : "rows_per_second",
        1e6 / measurement.ours(0.5)
      )
      for (name, share) in [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)] {
        writer.member("microseconds_\(name)", measurement.ours(share))
        writer.member("peer_microseconds_\(name)", measurement.theirs(share))
      }
      writer.member("ratio", measurement.ratio)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
