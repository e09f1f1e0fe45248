import Glibc

/// Sorted records in a temporary file without a name.
///
/// **Ownership:** owns the file descriptor; the system frees the space when it is closed.
final class SortedPart {
  private let descriptor: CInt
  private let folder: String
  private var buffer: [UInt8] = []
  private var isFinished = false

  /// Creates the file in the folder of temporary files (`TMPDIR`).
  ///
  /// - Throws: ``TableError`` `cannotWrite`.
  init() throws(TableError) {
    folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/creditstream-sort.XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw SortedPart.failure(folder) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    template.withUnsafeBufferPointer { _ = $0.baseAddress.map { unlink($0) } }
    buffer.reserveCapacity(1 << 17)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Adds a record behind the last.
  ///
  /// - Parameters:
  ///   - key: Its key, not before that of the last.
  ///   - payload: The rest of it.
  /// - Throws: ``TableError`` `cannotWrite`.
  func append(key: ArraySlice<UInt8>, payload: ArraySlice<UInt8>) throws(TableError) {
    for count in [key.count, payload.count] {
      withUnsafeBytes(of: UInt32(count).littleEndian) { buffer.append(contentsOf: $0) }
    }
    buffer.append(contentsOf: key)
    buffer.append(contentsOf: payload)
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Brings the last records to the file.
  ///
  /// - Throws: ``TableError`` `cannotWrite`.
  func finish() throws(TableError) {
    try flush()
    buffer = []
  }

  private func flush() throws(TableError) {
    var written = 0
    while written < buffer.count {
      let count = buffer.withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0, errno != EINTR { throw SortedPart.failure(folder) }
      written += max(0, count)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Reads the records from the first on; the reader keeps the file.
  ///
  /// - Returns: A reader that stands before the first record.
  /// - Throws: ``TableError`` `cannotRead`.
  func reader() throws(TableError) -> any SortedSource { SortedPartReader(self) }

  /// Reads bytes at a place of the file.
  fileprivate func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(TableError) -> Int
  {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, offset)
      if count >= 0 { return count }
      if errno != EINTR {
        throw TableError(
          .cannotRead,
          file: folder,
          "a temporary file cannot be read: \(SystemCall.reason(errno))"
        )
      }
    }
  }

  private static func failure(_ folder: String) -> TableError {
    TableError(
      .cannotWrite,
      file: folder,
      "the tables of history are sorted here and that failed: \(SystemCall.reason(errno)); free space, or name "
        + "another folder in TMPDIR"
    )
  }
}

/// Reads a part from the start to the end.
private final class SortedPartReader: SortedSource {
  private(set) var key: [UInt8] = []
  private(set) var payload: [UInt8] = []
  private let part: SortedPart
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var start = 0
  private var end = 0
  private var offset = 0

  init(_ part: SortedPart) { self.part = part }

  func next() throws(TableError) -> Bool {
    guard try fill(8) else { return false }
    let keyCount = count(at: start)
    let payloadCount = count(at: start + 4)
    start += 8
    guard try fill(keyCount + payloadCount) else {
      throw TableError(
        .cannotRead,
        file: "temporary file",
        "a temporary file ends too early; is the disk full?"
      )
    }
    key.removeAll(keepingCapacity: true)
    key.append(contentsOf: buffer[start..<start + keyCount])
    payload.removeAll(keepingCapacity: true)
    payload.append(contentsOf: buffer[start + keyCount..<start + keyCount + payloadCount])
    start += keyCount + payloadCount
    return true
  }

  private func count(at index: Int) -> Int {
    (0..<4).reversed().reduce(0) { $0 << 8 | Int(buffer[index + $1]) }
  }

  /// Makes sure that so many bytes are at hand; false where the file has fewer.
  private func fill(_ needed: Int) throws(TableError) -> Bool {
    if end - start >= needed { return true }
    buffer.replaceSubrange(0..<end - start, with: buffer[start..<end])
    end -= start
    start = 0
    if buffer.count < needed { buffer += [UInt8](repeating: 0, count: needed - buffer.count) }
    while end < needed {
      let (place, free) = (offset, end)
      let result = buffer.withUnsafeMutableBytes { bytes in
        Result { () throws(TableError) in
          try part.read(at: place, into: UnsafeMutableRawBufferPointer(rebasing: bytes[free...]))
        }
      }
      let count = try result.get()
      if count == 0 { return false }
      offset += count
      end += count
    }
    return true
  }
}
