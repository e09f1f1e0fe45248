/// What one decoding has asked for so far: the base for telling which keys are unknown.
///
/// A class, because a `Decoder` hands out containers that must all write to one record; it never leaves the call that
/// made it.
final class DecodingSession {
  let file: YAMLFile
  /// By the path of a mapping: the keys that were asked for, in order.
  private(set) var asked: [[String]: [String]] = [:]
  /// The mappings that were read, as they count: from the file or from an override.
  private var opened: [[String]: YAMLNode] = [:]
  /// The overrides that found their setting, by their path.
  private var overridden: Set<[String]> = []

  init(file: YAMLFile) { self.file = file }

  /// Notes that a mapping is read: from now on, all its keys must be asked for.
  func open(_ mapping: YAMLNode, at path: [String]) { opened[path] = mapping }

  /// The value under a key as it counts: override, file, or an empty mapping where only overrides lie below.
  func child(_ key: String, of node: YAMLNode, at path: [String]) -> YAMLNode? {
    if asked[path]?.contains(key) != true { asked[path, default: []].append(key) }
    let keys = path + [key]
    if let value = file.overrides.value(at: keys) {
      overridden.insert(keys)
      return value
    }
    if let value = node.child(key) { return value }
    if let flag = file.overrides.flagKeys(under: keys).first {
      return .empty(at: .flag((keys + [flag]).joined(separator: ".")))
    }
    return file.overrides.variables(under: keys).first.map { .empty(at: .environment($0)) }
  }

  /// The keys of a mapping whose keys users choose, in the order of the file and then of the flags.
  func keys(of node: YAMLNode, at path: [String]) -> [String] {
    let written = node.entries?.map(\.key) ?? []
    let added = file.overrides.flagKeys(under: path).filter { key in
      !written.contains { $0 == key || key.hasPrefix($0 + ".") }
    }
    return written + added
  }

  /// The keys that nobody asked for, and the overrides that met no setting.
  ///
  /// - Parameters:
  ///   - start: Where decoding started.
  ///   - leaving: Keys there that belong to others.
  /// - Returns: Problems in the order of the file, then of the flags and variables.
  func unknownKeys(from start: [String], leaving: Set<String>) -> [SettingsProblem] {
    var problems: [SettingsProblem] = []
    for (path, mapping) in opened.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let known = asked[path] ?? []
      for entry in mapping.entries ?? []
      where !known.contains(entry.key) && !(path == start && leaving.contains(entry.key)) {
        let hint = Spelling.hint(for: entry.key, among: known)
        problems.append(
          SettingsProblem(.unknownKey, at: entry.location, path: path + [entry.key], "unknown key; \(hint)")
        )
      }
    }
    return problems.sorted { $0.location.order < $1.location.order }
      + strayOverrides(from: start, leaving: leaving)
  }

  private func strayOverrides(from start: [String], leaving: Set<String>) -> [SettingsProblem] {
    let met = Set(overridden.map { $0.joined(separator: ".") })
    let known = asked.flatMap { path, keys in keys.map { (path + [$0]).joined(separator: ".") } }.sorted()
    var problems: [SettingsProblem] = []
    for flag in file.overrides.flagKeys(under: start) {
      let key = (start + [flag]).joined(separator: ".")
      let isOthers = leaving.contains { flag == $0 || flag.hasPrefix($0 + ".") }
      guard !isOthers, !met.contains(key) else { continue }
      let hint = Spelling.hint(for: key, among: known)
      problems.append(SettingsProblem(.invalidOverride, at: .flag(key), "there is no such setting; \(hint)"))
    }
    let metVariables = Set(overridden.map(file.overrides.variable(for:)))
    for section in asked.keys.sorted(by: { $0.lexicographicallyPrecedes($1) })
    where section.count > start.count {
      for variable in file.overrides.variables(under: section) where !metVariables.contains(variable) {
        let names = (asked[section] ?? []).map { file.overrides.variable(for: section + [$0]) }
        let hint = Spelling.hint(for: variable, among: names)
        problems.append(
          SettingsProblem(.invalidOverride, at: .environment(variable), "there is no such setting; \(hint)")
        )
      }
    }
    return problems.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

extension SettingLocation {
  /// Line and column as one number, to list problems from top to bottom.
  fileprivate var order: Int {
    guard case .file(_, let line, let column) = self else { return .max }
    return line << 20 + min(column, 1 << 20 - 1)
  }
}
