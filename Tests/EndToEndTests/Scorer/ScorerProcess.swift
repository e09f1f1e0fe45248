import Foundation
import Glibc
import TestSupport

/// A scorer, or another command that stays, as a process of its own, to be stopped, stunned and killed.
final class ScorerProcess {
  private let process = Process()
  private let log: URL

  /// Starts `creditstream score`, or another command.
  ///
  /// - Parameters:
  ///   - arguments: What comes after `score`.
  ///   - folder: Where it runs, and where its log goes.
  ///   - failPoint: Where it is to kill itself.
  ///   - command: Another command in place of `score`.
  /// - Throws: What Foundation says when the program cannot be started.
  init(_ arguments: [String], in folder: String, failPoint: String? = nil, command: String = "score") throws {
    log = URL(filePath: folder).appending(path: "scorer-\(UUID().uuidString).log")
    try Data().write(to: log)
    process.executableURL = Program.executable
    process.arguments = [command, "--registry", "models"] + arguments
    process.currentDirectoryURL = URL(filePath: folder)
    var environment = ProcessInfo.processInfo.environment
    environment["CREDITSTREAM_FAIL_POINT"] = failPoint
    process.environment = environment
    let words = try FileHandle(forWritingTo: log)
    try words.seekToEnd()
    process.standardError = words
    // One open file for both, so that neither writes over the other.
    process.standardOutput = words
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  var identifier: pid_t { process.processIdentifier }
  var isRunning: Bool { process.isRunning }
  /// Whether a signal ended it rather than itself.
  var wasKilled: Bool { process.terminationReason == .uncaughtSignal }
  var status: Int32 { process.terminationStatus }
  /// What it has said so far.
  var words: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits for its end.
  ///
  /// - Returns: How many seconds that took; nil when it has not ended in time.
  func waitForEnd(withinSeconds limit: Double) -> Double? {
    let clock = ContinuousClock()
    let start = clock.now
    while process.isRunning {
      guard clock.now - start < .seconds(limit) else { return nil }
      usleep(10_000)
    }
    return Double((clock.now - start) / .milliseconds(1)) / 1_000
  }

  /// Waits until its log contains a text.
  func waitForWords(_ text: String, withinSeconds limit: Double = 30) -> Bool {
    let clock = ContinuousClock()
    let start = clock.now
    while !words.contains(text) {
      guard process.isRunning, clock.now - start < .seconds(limit) else { return false }
      usleep(20_000)
    }
    return true
  }

  /// Resident memory in KiB and open file descriptors, from /proc.
  var footprint: (kibibytes: Int, descriptors: Int)? {
    let folder = "/proc/\(process.processIdentifier)"
    guard let status = try? String(contentsOfFile: folder + "/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
      let kibibytes = line.split(separator: " ").compactMap({ Int($0) }).first,
      let files = try? FileManager.default.contentsOfDirectory(atPath: folder + "/fd")
    else { return nil }
    return (kibibytes, files.count)
  }
}
