import Foundation
import Synchronization

/// A line at the bottom of the terminal that shows how far long work has come and how long it still takes.
///
/// Drawn on standard error, so that standard output stays a clean result. On a terminal the line is redrawn
/// in place; elsewhere (a log, a pipe) a plain line is printed at each tenth of the way.
final class ProgressBar: Sendable {
  private struct State {
    var lastDrawn: ContinuousClock.Instant?
    var lastTenth = -1
  }

  /// Draws at most this often.
  private static let redrawInterval = Duration.milliseconds(100)

  private let label: String
  private let isTerminal: Bool
  private let started = ContinuousClock.now
  private let state = Mutex(State())

  init(_ label: String) {
    self.label = label
    isTerminal = isatty(STDERR_FILENO) == 1
  }

  /// How long the bar has been there.
  var elapsedSeconds: Double { (ContinuousClock.now - started).seconds }

  /// Shows a fraction of the way, 0...1, with a few words on what is happening.
  func show(_ fraction: Double, _ words: String = "") {
    let fraction = min(max(fraction, 0), 1)
    guard isDue(fraction) else { return }
    guard isTerminal else { return write("\(label) \(Int(fraction * 10) * 10) % \(words)\n") }
    let line = Self.line(label, fraction, remaining(fraction), words, columns: Self.columns())
    write("\r\u{1B}[K" + line)
  }

  /// Ends the line, so that what follows starts on its own.
  func finish(_ words: String = "") {
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
    let line = [label, bar, percent, left, words].filter { !$0.isEmpty }.joined(separator: " ")
    return String(line.prefix(max(1, columns - 1)))
  }

  private func isDue(_ fraction: Double) -> Bool {
    state.withLock { state in
      guard isTerminal else {
        let tenth = Int(fraction * 10)
        guard tenth > state.lastTenth else { return false }
        state.lastTenth = tenth
        return true
      }
      let now = ContinuousClock.now
      if let last = state.lastDrawn, fraction < 1, now - last < Self.redrawInterval { return false }
      state.lastDrawn = now
      return true
    }
  }

  private func remaining(_ fraction: Double) -> String {
    guard fraction > 0.02, fraction < 1 else { return "" }
    let seconds = Int((elapsedSeconds / fraction * (1 - fraction)).rounded())
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
