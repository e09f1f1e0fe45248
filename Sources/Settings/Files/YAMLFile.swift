import Foundation

/// A settings file, read whole, that decodes into any `Decodable`.
///
/// - Keys that the decoded type does not ask for are refused, with the likely meant one.
/// - Every problem names file, line, column, the path of keys, and what to do.
/// - Environment variables and `--set` take the place of what the file says, see ``SettingOverrides``.
/// - Secrets stand in variables or files of their own, see ``ReferencedText``.
///
/// One file may serve several types: decode each from its section, or from the top with the sections of others left
/// out.
///
/// ```swift
/// let file = try YAMLFile(path: "Config/pipelines/home-credit.yaml", overrides: overrides)
/// let pipeline = try file.decode(PipelineDeclaration.self, leaving: ["training", "policy"])
/// let policy = try file.decodeIfPresent(PolicyDeclaration.self, at: ["policy"])
/// let problems = pipeline.validate().map { file.problem(at: $0.path, $0.message) }
/// ```
public struct YAMLFile: Sendable {
  /// The longest file that is read.
  public static let maximumBytes = 4 << 20

  /// The file's path, as given; it stands in messages.
  public let path: String
  let root: YAMLNode
  let overrides: SettingOverrides

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: Its path.
  ///   - overrides: What takes the place of its values.
  /// - Throws: ``SettingsError`` when it is unreadable, too large or not YAML.
  public init(path: String, overrides: SettingOverrides = SettingOverrides()) throws(SettingsError) {
    let bytes = try BoundedFile.read(path, maximumBytes: Self.maximumBytes)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let start = SettingLocation.file(path, line: 1, column: 1)
      throw SettingsError([SettingsProblem(.unreadable, at: start, "not UTF-8; save the file as UTF-8")])
    }
    try self.init(text: text, path: path, overrides: overrides)
  }

  /// Reads a text as if it stood in a file.
  ///
  /// - Parameters:
  ///   - text: YAML; empty means that everything has its default.
  ///   - path: What messages call it; relative references start at its folder.
  ///   - overrides: What takes the place of its values.
  /// - Throws: ``SettingsError`` when it is not YAML.
  public init(
    text: String,
    path: String,
    overrides: SettingOverrides = SettingOverrides()
  ) throws(SettingsError) {
    guard text.utf8.count <= Self.maximumBytes else {
      let start = SettingLocation.file(path, line: 1, column: 1)
      throw SettingsError([SettingsProblem(.tooLarge, at: start, "more than \(Self.maximumBytes) bytes")])
    }
    var composer = YAMLComposer(name: path)
    self.path = path
    self.root = try composer.compose(text)
    self.overrides = overrides
  }

  /// Where a setting was written, for problems that are found after decoding.
  ///
  /// - Parameter keys: The keys that lead to it; sequences count from "0".
  /// - Returns: The place of its key, or of the nearest key above that exists.
  public func position(of keys: [String]) -> SettingLocation {
    if let override = overrides.value(at: keys) { return override.location }
    var location = root.location
    var node = root
    for key in keys {
      location = node.location(of: key) ?? location
      guard let child = node.child(key) else { break }
      node = child
    }
    return location
  }

  /// Makes a problem that is found after decoding look like those found while decoding.
  ///
  /// - Parameters:
  ///   - keys: The keys that lead to the setting.
  ///   - message: What is wrong and what to do.
  /// - Returns: The problem, with its place.
  public func problem(at keys: [String], _ message: String) -> SettingsProblem {
    SettingsProblem(.invalidValue, at: position(of: keys), path: keys, message)
  }
}
