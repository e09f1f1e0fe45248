import Glibc

/// A file that is read from the start to the end.
///
/// **Ownership:** owns its file descriptor and closes it when it goes away.
public final class FileSource: ByteSource {
  /// The file as it was named.
  public let name: String
  /// The size of the file in bytes; 0 for what has none, such as a pipe.
  public let byteCount: Int
  private let descriptor: CInt

  /// Opens a file.
  ///
  /// - Parameter path: The file's path.
  /// - Throws: ``TableError`` `cannotOpen`, also for a directory.
  public init(_ path: String) throws(TableError) {
    name = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason = errno == ENOENT ? "there is no such file; check the path" : SystemCall.reason(errno)
      throw TableError(.cannotOpen, file: path, reason)
    }
    var status = stat()
    let isKnown = fstat(descriptor, &status) == 0
    byteCount = isKnown && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
    if isKnown, status.st_mode & S_IFMT == S_IFDIR {
      throw TableError(.cannotOpen, file: path, "this is a directory; name a file in it")
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Reads the next bytes.
  ///
  /// - Parameter buffer: Receives them; not empty.
  /// - Returns: How many were read; 0 only at the end.
  /// - Throws: ``TableError`` `cannotRead`.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableError) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw TableError(.cannotRead, file: name, SystemCall.reason(errno)) }
    }
  }
}

/// Speaks of failed calls of the operating system.
enum SystemCall {
  /// The system's text for an error number.
  static func reason(_ number: CInt) -> String { String(cString: strerror(number)) }
}
