/// A value of a settings file, with the place where it was written.
struct YAMLNode: Sendable {
  /// A key with its value.
  struct Entry: Sendable {
    var key: String
    var location: SettingLocation
    var value: YAMLNode
  }

  enum Content: Sendable {
    /// Plain scalars may be numbers, truth values or null; quoted ones are text.
    case scalar(String, isPlain: Bool)
    case mapping([Entry])
    case sequence([YAMLNode])
  }

  var content: Content
  var location: SettingLocation

  /// An empty mapping at that place.
  static func empty(at location: SettingLocation) -> YAMLNode {
    YAMLNode(content: .mapping([]), location: location)
  }

  /// The entries of a mapping, else nil.
  var entries: [Entry]? {
    guard case .mapping(let entries) = content else { return nil }
    return entries
  }

  /// Whether it is null, or nothing at all.
  var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// What it is, for messages.
  var kind: String {
    switch content {
    case .mapping: "a mapping"
    case .sequence: "a sequence"
    case .scalar: isNull ? "empty" : "a scalar"
    }
  }

  /// The value under a key, or at an index.
  func child(_ step: String) -> YAMLNode? {
    switch content {
    case .scalar: nil
    case .mapping(let entries): entries.first { $0.key == step }?.value
    case .sequence(let elements): Int(step).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
    }
  }

  /// Where a child was written: at its key if it has one.
  func location(of step: String) -> SettingLocation? {
    entries?.first { $0.key == step }?.location ?? child(step)?.location
  }
}
