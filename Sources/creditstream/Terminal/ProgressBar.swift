import Foundation

/// A line at the bottom of the terminal that shows how far long work has come and how long it still takes.
///
/// Drawn on standard error, so that standard output stays a clean result. On a terminal the line is redrawn
/// in place; elsewhere (a log, a pipe) a plain line is printed at each tenth of the way.
struct ProgressBar {
  /// Draws at most this often.
  private static let redrawSeconds = 0.1

  private let label: String
  private let isTerminal: Bool
  private let started = ContinuousClock.now
  private var lastDrawn: ContinuousClock.Instant?
  private var lastTenth = -1

  init(_ label: String) {
    self.label = label
    isTerminal = isatty(STDERR_FILENO) == 1
  }

  /// Shows a fraction of the way, 0...1, with a few words on what is happening.
  mutating func show(_ fraction: Double, _ words: String = "") {
    let fraction = min(max(fraction, 0), 1)
    let now = ContinuousClock.now
    guard isTerminal else {
      let tenth = Int(fraction * 10)
      guard tenth > lastTenth else { return }
      lastTenth = tenth
      write("\(label) \(tenth * 10) % \(words)\n")
      return
    }
    if let lastDrawn, fraction < 1, (now - lastDrawn).seconds < Self.redrawSeconds { return }
    lastDrawn = now
    let left = remaining(fraction, elapsed: (now - started).seconds)
    write("\r\u{1B}[K" + Self.line(label, fraction, left, words, columns: Self.columns()))
  }

  /// Ends the line, so that what follows starts on its own.
  mutating func finish(_ words: String = "") {
    show(1, words)
    if isTerminal { write("\n") }
  }

  /// One line that fits into the terminal: label, bar, percent, time left, words; the words are cut first.
  static func line(
    _ label: String,
    _ fraction: Double,
    _ left: String,
    _ words: String,
    columns: Int
  ) -> String {
    let percent = "\(Int(fraction * 100)) %"
    let width = max(4, min(30, columns - label.count - percent.count - left.count - 8))
    let filled = Int((Double(width) * fraction).rounded(.down))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let line = "\(label) \(bar) \(percent) \(left) \(words)"
    return String(line.prefix(max(1, columns - 1)))
  }

  private func remaining(_ fraction: Double, elapsed: Double) -> String {
    guard fraction > 0.02, fraction < 1 else { return "" }
    let seconds = Int((elapsed / fraction * (1 - fraction)).rounded())
    return seconds < 60 ? "\(seconds) s left" : "\(seconds / 60) min \(seconds % 60) s left"
  }

  private static func columns() -> Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}

extension Duration {
  /// The length in seconds.
  var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
