import Glibc

/// A file that appears under its name only when it is whole.
///
/// Bytes go to a temporary file in the same folder; ``commit()`` brings them to the disk and renames it. Without
/// it nothing is left behind, whatever went wrong. A path that names a device or a pipe is written directly.
///
/// **Ownership:** owns its file descriptor, and removes the temporary file when it goes away uncommitted.
public final class AtomicFile {
  let path: String
  /// The temporary file's path; `nil` for a device, and once it has been renamed.
  private var temporaryPath: String?
  private var descriptor: CInt
  private var buffer: [UInt8] = []

  /// Creates the temporary file.
  ///
  /// - Parameter path: The file to appear.
  /// - Throws: ``TableError`` `cannotWrite`.
  public init(_ path: String) throws(TableError) {
    self.path = path
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    } else {
      var template = Array("\(path).XXXXXX".utf8CString)
      descriptor = mkstemp(&template)
      if descriptor >= 0 {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        temporaryPath = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
        // mkstemp allows only the owner; a result is an ordinary file.
        let mask = umask(0)
        umask(mask)
        fchmod(descriptor, 0o666 & ~mask)
      }
    }
    guard descriptor >= 0 else { throw failure() }
    buffer.reserveCapacity(1 << 16)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if let temporaryPath { unlink(temporaryPath) }
  }

  /// Adds bytes at the end.
  ///
  /// - Parameter bytes: The bytes.
  /// - Throws: ``TableError`` `cannotWrite`.
  public func write(_ bytes: [UInt8]) throws(TableError) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 16 { try flush() }
  }

  /// Brings everything to the disk and gives the file its name.
  ///
  /// - Throws: ``TableError`` `cannotWrite`; the file that had the name before is then untouched.
  public func commit() throws(TableError) {
    try flush()
    guard let temporaryPath else { return }
    guard fsync(descriptor) == 0, rename(temporaryPath, path) == 0 else { throw failure() }
    self.temporaryPath = nil
  }

  private func flush() throws(TableError) {
    var written = 0
    while written < buffer.count {
      let count = buffer.withUnsafeBytes { bytes in
        Glibc.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0, errno != EINTR { throw failure() }
      written += max(0, count)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func failure() -> TableError {
    let reason = errno == ENOENT ? "there is no such folder; create it" : SystemCall.reason(errno)
    return TableError(.cannotWrite, file: path, "cannot be written: \(reason)")
  }
}
