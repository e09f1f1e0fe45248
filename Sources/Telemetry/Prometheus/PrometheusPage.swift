/// A page of metrics in Prometheus' text format, version 0.0.4.
public struct PrometheusPage: Sendable {
  /// The media type of the page.
  public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// A label and its value.
  public typealias Label = (name: String, value: String)

  /// What was written so far.
  public private(set) var text = ""

  /// An empty page.
  public init() {}

  /// Writes a counter with a series for each row.
  ///
  /// - Parameters:
  ///   - name: One of ``MetricName``.
  ///   - help: What is counted.
  ///   - rows: The labels of each series and its value.
  public mutating func counter(_ name: String, _ help: String, _ rows: [(labels: [Label], value: Int)]) {
    describe(name, "counter", help)
    for row in rows { sample(name, row.labels, "\(row.value)") }
  }

  /// Writes a gauge with a series for each row.
  ///
  /// - Parameters:
  ///   - name: One of ``MetricName``.
  ///   - help: What is measured.
  ///   - rows: The labels of each series and its value.
  public mutating func gauge(_ name: String, _ help: String, _ rows: [(labels: [Label], value: Double)]) {
    describe(name, "gauge", help)
    for row in rows { sample(name, row.labels, "\(row.value)") }
  }

  /// Writes a histogram of durations in seconds with a series for each row.
  ///
  /// - Parameters:
  ///   - name: One of ``MetricName``.
  ///   - help: What is measured.
  ///   - rows: The labels of each series and its durations.
  public mutating func histogram(
    _ name: String,
    _ help: String,
    _ rows: [(labels: [Label], durations: DurationHistogram)]
  ) {
    describe(name, "histogram", help)
    for row in rows {
      let counts = row.durations.counts
      var sum = 0
      for (bucket, count) in counts.enumerated() {
        sum += count
        let bound =
          bucket < DurationHistogram.bounds.count
          ? "\(Double(DurationHistogram.bounds[bucket]) / 1e6)" : "+Inf"
        sample(name + "_bucket", row.labels + [("le", bound)], "\(sum)")
      }
      sample(name + "_sum", row.labels, "\(row.durations.sumInSeconds)")
      sample(name + "_count", row.labels, "\(sum)")
    }
  }

  private mutating func describe(_ name: String, _ type: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  private mutating func sample(_ name: String, _ labels: [Label], _ value: String) {
    text += name
    if !labels.isEmpty {
      let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
      text += "{" + pairs.joined(separator: ",") + "}"
    }
    text += " \(value)\n"
  }

  /// Backslash, quote and line feed are the only characters with a meaning inside a label's value.
  private static func escaped(_ value: String) -> String {
    var text = ""
    for character in value.unicodeScalars {
      switch character {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.unicodeScalars.append(character)
      }
    }
    return text
  }
}
