import Foundation

/// A text that is written out, or fetched from where secrets live.
///
/// ```yaml
/// sasl.username: scorer
/// sasl.password: {env: KAFKA_PASSWORD}
/// ssl.key.password: {file: /run/secrets/key-password}
/// ```
///
/// A file's text loses one line break at its end; a relative path starts at the folder of the settings file. What was
/// fetched is never shown: the description is masked, and messages name only the reference.
public struct ReferencedText: Sendable, Equatable {
  /// Where the text came from.
  public enum Source: Sendable, Equatable {
    /// It was written out.
    case literal
    /// From that environment variable.
    case environment(String)
    /// From that file.
    case file(String)
  }

  /// The text itself.
  public let text: String
  /// Where it came from.
  public let source: Source

  /// A text that was written out.
  ///
  /// - Parameter text: The text.
  public init(_ text: String) {
    self.text = text
    source = .literal
  }

  /// Whether the text was fetched, and so must not be shown.
  public var isSecret: Bool { source != .literal }
}

extension ReferencedText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The text, or `***` where it was fetched.
  public var description: String { isSecret ? "***" : text }

  /// As ``description``.
  public var debugDescription: String { description }

  /// Hides the text from `dump`.
  public var customMirror: Mirror { Mirror(self, children: ["text": description]) }
}

extension ReferencedText: Decodable {
  private enum Reference: String, CodingKey { case env, file }

  /// Reads a scalar, or a mapping with `env` or `file`.
  ///
  /// - Parameter decoder: That of a ``YAMLFile``; others know no environment and read scalars only.
  /// - Throws: A problem that names the reference, never the text.
  public init(from decoder: any Decoder) throws {
    guard let settings = decoder as? SettingsDecoder, settings.node.entries != nil else {
      self.init(try decoder.singleValueContainer().decode(String.self))
      return
    }
    let reference = try settings.container(keyedBy: Reference.self)
    switch (
      try reference.decodeIfPresent(String.self, forKey: .env),
      try reference.decodeIfPresent(String.self, forKey: .file)
    ) {
    case (let name?, nil):
      guard let text = settings.session.file.overrides.environment[name] else {
        throw settings.problem(.unresolvedReference, "the environment variable \(name) is not set; set it")
      }
      self.init(text: text, source: .environment(name))
    case (nil, let path?):
      self.init(text: try Self.read(path, settings), source: .file(path))
    default:
      throw settings.problem(.wrongType, "write a text, {env: NAME} or {file: PATH}")
    }
  }

  private init(text: String, source: Source) {
    self.text = text
    self.source = source
  }

  private static func read(_ path: String, _ settings: SettingsDecoder) throws -> String {
    let folder = URL(filePath: settings.session.file.path).deletingLastPathComponent()
    let resolved = URL(filePath: path, relativeTo: folder).path()
    guard
      let bytes = try? BoundedFile.read(resolved, maximumBytes: 64 << 10),
      let text = String(validating: bytes, as: UTF8.self)
    else {
      throw settings.problem(
        .unresolvedReference,
        "the file \(path) cannot be read as a text of at most 64 KiB; check path and permissions"
      )
    }
    return String(text.hasSuffix("\n") ? text.dropLast() : text[...])
  }
}
