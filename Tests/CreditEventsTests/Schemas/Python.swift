import Foundation
import TestSupport

/// An oracle of another make, where the machine has one.
enum Python {
  /// Runs a script with python3; it finds the input in the file that its first argument names.
  ///
  /// A file and not a pipe: a script that ends early would end the tests by a broken pipe.
  ///
  /// - Parameters:
  ///   - script: The program's text.
  ///   - input: What it reads.
  /// - Returns: Its exit status and output, or nil where there is no python3.
  /// - Throws: When the process cannot be started.
  static func run(_ script: String, input: String) throws -> (status: Int32, output: String)? {
    try withTemporaryDirectory { directory in
      let file = directory + "/input"
      try Data(input.utf8).write(to: URL(filePath: file))
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = ["python3", "-c", script, file]
      let standardOutput = Pipe()
      process.standardOutput = standardOutput
      process.standardError = FileHandle.nullDevice
      try process.run()
      let output = try standardOutput.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      let status = process.terminationStatus
      return status == 127 ? nil : (status, String(decoding: output, as: UTF8.self))
    }
  }
}
