import Glibc

/// Reads a file of a bundle: a regular file, no link, no longer than allowed.
enum RegularFile {
  /// The bytes of a file.
  ///
  /// - Throws: ``RegistryError`` `unreadableFile` when it is missing, a link, no regular file, or too long.
  static func read(_ path: String, maximumBytes: Int) throws(RegistryError) -> [UInt8] {
    // A link could lead out of the registry, and to another file between two looks at it.
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let reason =
        errno == ELOOP ? "is a link; a bundle holds plain files only" : String(cString: strerror(errno))
      throw RegistryError(.unreadableFile, path, reason)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw RegistryError(.unreadableFile, path, "is no regular file")
    }
    let size = Int(status.st_size)
    guard size <= maximumBytes else {
      throw RegistryError(.unreadableFile, path, "has \(size) bytes; at most \(maximumBytes) are read")
    }
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let read = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
        if read > 0 {
          count += read
        } else if read == 0 || errno != EINTR {
          failure = read == 0 ? EIO : errno
          return
        }
      }
    }
    guard failure == 0 else {
      throw RegistryError(.unreadableFile, path, "cannot be read: \(String(cString: strerror(failure)))")
    }
    return bytes
  }

  /// Refuses a folder that is a link, which could lead out of the registry.
  ///
  /// - Throws: ``RegistryError`` `unreadableFile` when it is anything but a folder.
  static func requireFolder(_ path: String) throws(RegistryError) {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw RegistryError(.unreadableFile, path, "is no folder of its own; a registry holds no links")
    }
  }
}
