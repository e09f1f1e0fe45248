/// Values that take the place of what a settings file says.
///
/// A key is the path of keys with dots. Of the three places the first that has a value wins:
///
/// 1. `--set batch.maximum_records=500`
/// 2. the environment: `CREDITSTREAM_BATCH_MAXIMUM_RECORDS=500`, the path in capitals with every dot, dash and space as `_`
/// 3. the file
///
/// Values are plain text, read as what the setting needs; one that begins with `[`, `{` or a quote is read as YAML.
/// Keys that users choose, such as librdkafka's, can be set by `--set kafka.linger.ms=5` even where the file has none;
/// by the environment only where the file has them.
public struct SettingOverrides: Sendable {
  /// The environment, for overrides and for ``ReferencedText``.
  public let environment: [String: String]
  /// What the names of overriding variables begin with.
  public let prefix: String
  private let flags: [(key: String, node: YAMLNode)]

  /// No overrides and no environment.
  public init() {
    environment = [:]
    prefix = "CREDITSTREAM_"
    flags = []
  }

  /// Takes overrides from the environment and the command line.
  ///
  /// - Parameters:
  ///   - environment: The process's environment.
  ///   - flags: Each `section.key=value`; of two with the same key the later counts.
  ///   - prefix: What the names of overriding variables begin with.
  /// - Throws: ``SettingsError`` for a flag without `=` or with an empty key, or a value that is no YAML.
  public init(
    environment: [String: String],
    flags: [String] = [],
    prefix: String = "CREDITSTREAM_"
  ) throws(SettingsError) {
    self.environment = environment
    self.prefix = prefix
    var parsed: [(key: String, node: YAMLNode)] = []
    for flag in flags {
      guard let equals = flag.firstIndex(of: "="), equals > flag.startIndex else {
        // The flag itself is not repeated: what looks malformed may be a secret.
        let problem = SettingsProblem(.invalidOverride, at: .flag("…"), "write --set section.key=value")
        throw SettingsError([problem])
      }
      let key = String(flag[..<equals])
      parsed.removeAll { $0.key == key }
      parsed.append((key, try Self.node(String(flag[flag.index(after: equals)...]), at: .flag(key))))
    }
    self.flags = parsed
  }

  /// The value that takes the place of a setting.
  func value(at keys: [String]) -> YAMLNode? {
    let key = keys.joined(separator: ".")
    if let flag = flags.first(where: { $0.key == key }) { return flag.node }
    let variable = variable(for: keys)
    guard !keys.isEmpty, let text = environment[variable] else { return nil }
    let location = SettingLocation.environment(variable)
    return (try? Self.node(text, at: location))
      ?? YAMLNode(content: .scalar(text, isPlain: true), location: location)
  }

  /// The keys of all flags under a section, without the section.
  func flagKeys(under keys: [String]) -> [String] {
    let prefix = keys.map { $0 + "." }.joined()
    return flags.map(\.key).filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
  }

  /// The names of all variables under a section, in order.
  func variables(under keys: [String]) -> [String] {
    let start = variable(for: keys) + "_"
    return environment.keys.filter { $0.hasPrefix(start) }.sorted()
  }

  /// The name of the variable that overrides a setting.
  func variable(for keys: [String]) -> String {
    prefix
      + keys.map { $0.uppercased().map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined() }.joined(
        separator: "_"
      )
  }

  private static func node(_ text: String, at location: SettingLocation) throws(SettingsError) -> YAMLNode {
    guard let first = text.first, "[{\"'".contains(first) else {
      return YAMLNode(content: .scalar(text, isPlain: true), location: location)
    }
    var composer = YAMLComposer(name: location.description)
    do {
      return try composer.compose(text).relocated(to: location)
    } catch {
      throw SettingsError([SettingsProblem(.invalidOverride, at: location, "the value is not YAML; quote it")]
      )
    }
  }
}

extension YAMLNode {
  /// The same value, as if all of it stood in one place.
  fileprivate func relocated(to location: SettingLocation) -> YAMLNode {
    switch content {
    case .scalar: return YAMLNode(content: content, location: location)
    case .sequence(let elements):
      return YAMLNode(content: .sequence(elements.map { $0.relocated(to: location) }), location: location)
    case .mapping(let entries):
      let moved = entries.map {
        Entry(key: $0.key, location: location, value: $0.value.relocated(to: location))
      }
      return YAMLNode(content: .mapping(moved), location: location)
    }
  }
}
