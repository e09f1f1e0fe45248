/// A feature that is computed from fields by a formula.
public struct DerivedDeclaration: Sendable, Equatable {
  /// The feature's name, which other formulas may use.
  public var name: String
  /// The formula; see ``Expression``.
  public var expression: String
  /// How its result becomes a feature.
  public var numeric: NumericOptions
  /// Whether it becomes a feature, or only serves other formulas and rules.
  public var isFeature: Bool
  /// Its name for people, by language.
  public var label: [String: String]
  /// How the risk may depend on it.
  public var monotonicity: Monotonicity?

  /// Declares a derived feature.
  ///
  /// - Parameters:
  ///   - name: The feature's name.
  ///   - expression: The formula.
  ///   - numeric: How its result becomes a feature.
  ///   - isFeature: Whether it becomes a feature.
  ///   - label: Its name for people, by language.
  ///   - monotonicity: How the risk may depend on it.
  public init(
    name: String,
    expression: String,
    numeric: NumericOptions = NumericOptions(),
    isFeature: Bool = true,
    label: [String: String] = [:],
    monotonicity: Monotonicity? = nil
  ) {
    self.name = name
    self.expression = expression
    self.numeric = numeric
    self.isFeature = isFeature
    self.label = label
    self.monotonicity = monotonicity
  }

  /// Decodes what stands beside a name under `derived`: a formula, or a mapping.
  init(name: String, from decoder: any Decoder) throws {
    guard let container = try? decoder.container(keyedBy: DeclarationKey.self) else {
      self.init(name: name, expression: try TextScalar(from: decoder).text)
      return
    }
    self.init(
      name: name,
      expression: try container.decode(TextScalar.self, forKey: .expression).text,
      numeric: try NumericOptions(from: container),
      isFeature: try container.decodeIfPresent(Bool.self, forKey: .feature) ?? true,
      label: try container.decodeIfPresent([String: String].self, forKey: .label) ?? [:],
      monotonicity: try Monotonicity.decode(from: container)
    )
  }
}
