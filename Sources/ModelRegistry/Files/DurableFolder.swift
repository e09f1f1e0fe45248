import Glibc

/// A folder that appears under its name only when all its files are on the disk.
///
/// Files are written to a folder beside it, whose name starts with a dot and is never listed, flushed, and the
/// folder is renamed: a crash leaves the whole bundle or none.
struct DurableFolder {
  private let parent: String
  private let name: String
  /// Where the files are until ``publish()``.
  let staging: String

  /// Makes the staging folder, and the parent where it does not exist.
  init(parent: String, name: String) throws(RegistryError) {
    self.parent = parent
    self.name = name
    staging = "\(parent)/.\(name).\(getpid()).\(UInt32.random(in: 0 ... .max))"
    try Self.makeFolders(parent)
    guard mkdir(staging, 0o755) == 0 else { throw Self.failure(staging, "cannot be made") }
  }

  /// Writes one file and waits until the disk has it.
  func write(_ bytes: [UInt8], to file: String) throws(RegistryError) {
    let path = staging + "/" + file
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.failure(path, "cannot be made") }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure(path, "cannot be written") }
      written += count
    }
    guard fsync(descriptor) == 0 else { throw Self.failure(path, "cannot be flushed to the disk") }
  }

  /// Gives the folder its name.
  ///
  /// - Throws: ``RegistryError`` `versionExists` when the name is taken.
  func publish() throws(RegistryError) {
    try Self.flush(staging)
    let path = parent + "/" + name
    // Renaming onto an existing folder fails unless that one is empty; an empty one is nobody's bundle.
    guard rename(staging, path) == 0 else {
      if errno == EEXIST || errno == ENOTEMPTY {
        throw RegistryError(.versionExists, path, "exists already; bundles are never overwritten")
      }
      throw Self.failure(path, "cannot be put in place")
    }
    try Self.flush(parent)
  }

  /// Removes the staging folder, best effort: what is left is never listed.
  func discard() {
    for file in [BundleFile.manifest] + BundleFile.allCases.map(\.rawValue) { unlink(staging + "/" + file) }
    rmdir(staging)
  }

  /// Replaces a file of a folder: readers see the old bytes or the new ones, never a part.
  static func replaceFile(_ file: String, in folder: String, with bytes: [UInt8]) throws(RegistryError) {
    let staged = try DurableFolder(parent: folder, name: file)
    do throws(RegistryError) {
      try staged.write(bytes, to: file)
      guard rename(staged.staging + "/" + file, folder + "/" + file) == 0 else {
        throw failure(folder + "/" + file, "cannot be put in place")
      }
      try flush(folder)
    } catch {
      unlink(staged.staging + "/" + file)
      rmdir(staged.staging)
      throw error
    }
    rmdir(staged.staging)
  }

  private static func makeFolders(_ path: String) throws(RegistryError) {
    var prefix = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      prefix += "/" + part
      guard mkdir(prefix, 0o755) == 0 || errno == EEXIST else { throw failure(prefix, "cannot be made") }
    }
  }

  private static func flush(_ folder: String) throws(RegistryError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(folder, "cannot be opened") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(folder, "cannot be flushed to the disk") }
  }

  private static func failure(_ path: String, _ what: String) -> RegistryError {
    RegistryError(.cannotWrite, path, "\(what): \(String(cString: strerror(errno)))")
  }
}
