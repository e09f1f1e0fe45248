/// Where a setting was written.
public enum SettingLocation: Sendable, Equatable {
  /// In a file; line and column count from 1, columns in Unicode scalars.
  case file(String, line: Int, column: Int)
  /// In an environment variable of that name.
  case environment(String)
  /// In a `--set` of that key.
  case flag(String)
}

extension SettingLocation: CustomStringConvertible {
  /// `file:line:column`, as editors and compilers know it, or the variable or flag.
  public var description: String {
    switch self {
    case .file(let name, let line, let column): "\(name):\(line):\(column)"
    case .environment(let name): "environment variable \(name)"
    case .flag(let key): "--set \(key)"
    }
  }
}
