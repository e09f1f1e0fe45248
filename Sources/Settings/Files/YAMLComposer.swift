internal import Yams

/// Turns YAML text into nodes, within bounds.
///
/// Yams composes the tree; here aliases are expanded within a budget, merge keys (`<<`) are resolved, and what
/// settings have no use for is refused: tags, keys that are not scalars, several documents.
struct YAMLComposer {
  /// The deepest nesting.
  static let maximumDepth = 64
  /// The most nodes, aliases expanded: a file that says much more by its aliases is meant to exhaust us.
  static let maximumNodes = 100_000

  private let name: String
  private var nodeCount = 0

  /// - Parameter name: The file's name for messages.
  init(name: String) { self.name = name }

  /// Composes a document.
  ///
  /// - Parameter text: The YAML.
  /// - Returns: The root; an empty document is an empty mapping.
  /// - Throws: ``SettingsError``.
  mutating func compose(_ text: String) throws(SettingsError) -> YAMLNode {
    let start = SettingLocation.file(name, line: 1, column: 1)
    let root: Node?
    do {
      // The basic resolver leaves scalars alone: which of them are numbers is decided when one is asked for.
      root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
    } catch {
      throw SettingsError([problem(for: error)])
    }
    guard let root else { return .empty(at: start) }
    let node = try convert(root, depth: 0)
    return node.isNull ? .empty(at: start) : node
  }

  private mutating func convert(_ node: Node, depth: Int) throws(SettingsError) -> YAMLNode {
    let location = location(node.mark)
    nodeCount += 1
    guard nodeCount <= Self.maximumNodes else {
      throw refusal(
        .tooLarge,
        location,
        "more than \(Self.maximumNodes) values, aliases expanded; use fewer aliases"
      )
    }
    guard depth < Self.maximumDepth || node.scalar != nil else {
      throw refusal(.tooLarge, location, "nested deeper than \(Self.maximumDepth) levels")
    }
    switch node {
    case .scalar(let scalar):
      try refuseTag(scalar.tag, location)
      let isPlain = scalar.style == .plain || scalar.style == .any
      return YAMLNode(content: .scalar(scalar.string, isPlain: isPlain), location: location)
    case .sequence(let sequence):
      try refuseTag(sequence.tag, location)
      var elements: [YAMLNode] = []
      for element in sequence { elements.append(try convert(element, depth: depth + 1)) }
      return YAMLNode(content: .sequence(elements), location: location)
    case .mapping(let mapping):
      try refuseTag(mapping.tag, location)
      return YAMLNode(content: .mapping(try convert(mapping, depth: depth)), location: location)
    case .alias:
      throw refusal(.syntax, location, "an alias without its anchor; define the anchor above it")
    }
  }

  private mutating func convert(_ mapping: Node.Mapping, depth: Int) throws(SettingsError) -> [YAMLNode.Entry]
  {
    var entries: [YAMLNode.Entry] = []
    var merged: [YAMLNode.Entry] = []
    for (key, value) in mapping {
      let location = location(key.mark)
      guard case .scalar(let scalar) = key else {
        throw refusal(.syntax, location, "a key must be a plain or quoted text")
      }
      let node = try convert(value, depth: depth + 1)
      if scalar.style == .plain, scalar.string == "<<" {
        merged += try mergedEntries(of: node)
      } else if entries.contains(where: { $0.key == scalar.string }) {
        throw refusal(.duplicateKey, location, "the key \"\(scalar.string)\" stands twice; keep one of them")
      } else {
        entries.append(YAMLNode.Entry(key: scalar.string, location: location, value: node))
      }
    }
    for entry in merged where !entries.contains(where: { $0.key == entry.key }) { entries.append(entry) }
    return entries
  }

  /// The entries behind `<<: *anchor` or `<<: [*first, *second]`; what is written out wins over them, earlier over later.
  private func mergedEntries(of node: YAMLNode) throws(SettingsError) -> [YAMLNode.Entry] {
    if let entries = node.entries { return entries }
    guard case .sequence(let elements) = node.content else {
      throw refusal(.syntax, node.location, "<< merges mappings; give an alias of one")
    }
    var entries: [YAMLNode.Entry] = []
    for element in elements { entries += try mergedEntries(of: element) }
    return entries
  }
}

// MARK: - Problems

extension YAMLComposer {
  private func refuseTag(_ tag: Tag, _ location: SettingLocation) throws(SettingsError) {
    let standard = ["", "!", "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"]
    guard standard.contains(tag.description) else {
      throw refusal(.syntax, location, "tags are not used here; remove it (quote a number to make it text)")
    }
  }

  private func location(_ mark: Mark?) -> SettingLocation {
    .file(name, line: mark?.line ?? 1, column: mark?.column ?? 1)
  }

  private func refusal(
    _ code: SettingsProblem.Code,
    _ location: SettingLocation,
    _ message: String
  ) -> SettingsError {
    SettingsError([SettingsProblem(code, at: location, message)])
  }

  private func problem(for error: any Error) -> SettingsProblem {
    switch error {
    case YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _),
      YamlError.composer(let context, let problem, let mark, _):
      let words = [context?.text, problem].compactMap(\.self).joined(separator: ": ")
      return SettingsProblem(.syntax, at: location(mark), "not YAML: \(words)")
    case YamlError.duplicatedKeysInMapping(let keys, let context):
      let names = keys.sorted().map { "\"\($0)\"" }.joined(separator: ", ")
      return SettingsProblem(
        .duplicateKey,
        at: location(context.mark),
        "\(names) stands twice; keep one of them"
      )
    case YamlError.reader(let problem, _, _, _):
      return SettingsProblem(.syntax, at: location(nil), "not YAML: \(problem)")
    default:
      return SettingsProblem(.syntax, at: location(nil), "not YAML")
    }
  }
}
