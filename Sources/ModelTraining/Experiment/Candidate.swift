/// One model to be tried: its kind, its parameters and what is done about defaults being rare.
public struct Candidate: Sendable, Equatable {
  /// One parameter under the name of the experiment file.
  public struct Setting: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// Its value.
    public let value: Double

    /// Creates a setting.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - value: Its value.
    public init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }

    /// `name=value`, a whole number without its fraction.
    var text: String { "\(name)=\(Int(exactly: value).map { "\($0)" } ?? "\(value)")" }
  }

  /// The kind of model.
  public let kind: ModelKind
  /// The parameters that differ from the defaults, sorted by name.
  public let settings: [Setting]
  /// What is done about defaults being rare.
  public var resampling: Resampling

  /// Creates a candidate.
  ///
  /// - Parameters:
  ///   - kind: The kind of model.
  ///   - settings: The parameters that differ from the defaults.
  ///   - resampling: What is done about defaults being rare.
  public init(_ kind: ModelKind, _ settings: [Setting] = [], resampling: Resampling = .none) {
    self.kind = kind
    self.settings = settings.sorted { $0.name < $1.name }
    self.resampling = resampling
  }

  /// What tells it from every other candidate, in one line.
  public var key: String {
    ([kind.rawValue] + settings.map(\.text) + [resampling.rawValue]).joined(separator: " ")
  }

  /// Its parameters in one line; empty for none.
  public var settingsText: String { settings.map(\.text).joined(separator: " ") }
}
