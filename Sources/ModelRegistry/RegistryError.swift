/// Why a bundle cannot be read, written or used.
public struct RegistryError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Code: String, Sendable, CaseIterable {
    /// There is no such registry, model or version.
    case notFound
    /// A name, version or path that is not allowed.
    case invalidName
    /// That version exists already.
    case versionExists
    /// A file is missing, too large, no regular file, or cannot be read.
    case unreadableFile
    /// A file's SHA-256 is not the one that the manifest names.
    case wrongDigest
    /// A file's content is refused.
    case invalidContent
    /// The golden vectors do not replay bit for bit.
    case vectorsDiffer
    /// The bundle could not be written.
    case cannotWrite
  }

  /// The kind of failure.
  public let code: Code
  /// The file or folder it is about.
  public let path: String
  /// What happened and what to do.
  public let message: String

  /// An error about a file or folder.
  ///
  /// - Parameters:
  ///   - code: The kind of failure.
  ///   - path: The file or folder.
  ///   - message: What happened and what to do.
  public init(_ code: Code, _ path: String, _ message: String) {
    self.code = code
    self.path = path
    self.message = message
  }

  /// `path: message`.
  public var description: String { "\(path): \(message)" }
}
