import Foundation
import Synchronization

/// A file of lines that grows from another thread.
final class LineFile: Sendable {
  private let file: Mutex<FileHandle>

  init(_ path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else { throw CommandFailure("\(path): cannot be written", .cannotWrite) }
    file = Mutex(handle)
  }

  func append(_ line: UnsafeRawBufferPointer) {
    file.withLock { $0.write(Data(line) + [UInt8(ascii: "\n")]) }
  }
}
