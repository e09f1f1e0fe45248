import Foundation
import TestSupport

/// Runs the built program as a person would.
struct Program {
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Runs a command line in a folder, if need be through another program, and waits for its end.
  static func run(
    _ arguments: [String],
    in folder: String = Checkout.path(""),
    through wrapper: [String] = []
  ) throws -> Outcome {
    let process = Process()
    let line = wrapper + [executable.path()] + arguments
    process.executableURL = URL(filePath: line[0])
    process.arguments = Array(line.dropFirst())
    process.currentDirectoryURL = URL(filePath: folder)
    // Files instead of pipes: nothing has to be drained while the program runs.
    let log = FileManager.default.temporaryDirectory.appending(path: "creditstream-\(UUID().uuidString)")
    let streams = [log.appendingPathExtension("out"), log.appendingPathExtension("err")]
    defer { streams.forEach { try? FileManager.default.removeItem(at: $0) } }
    for stream in streams { try Data().write(to: stream) }
    let handles = try streams.map { try FileHandle(forWritingTo: $0) }
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      output: try String(contentsOf: streams[0], encoding: .utf8),
      errors: try String(contentsOf: streams[1], encoding: .utf8)
    )
  }

  /// The program lies beside the test bundle, unless `CREDITSTREAM_PROGRAM` names another build of it.
  static var executable: URL {
    if let path = ProcessInfo.processInfo.environment["CREDITSTREAM_PROGRAM"] { return URL(filePath: path) }
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
    let folder =
      bundle.map { URL(filePath: $0).deletingLastPathComponent() }
      ?? Checkout.root.appending(path: ".build/debug")
    return folder.appending(path: "creditstream")
  }
}
