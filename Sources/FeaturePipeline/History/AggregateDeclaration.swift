/// A number that is computed of an application's rows in a history table.
public struct AggregateDeclaration: Sendable, Equatable {
  /// Its name, which formulas may use.
  public var name: String
  /// The aggregate and its value: `count`, `sum(AMOUNT)`, `max(DAYS_OVERDUE)`; the value is an ``Expression`` over
  /// the fields of a row.
  public var aggregate: String
  /// Which rows count: an expression over the fields of a row.
  public var condition: String?
  /// How far back rows count, in the unit of the table's time.
  public var window: Double?
  /// How the number becomes a feature.
  public var numeric: NumericOptions
  /// Whether it becomes a feature, or only serves formulas and rules.
  public var isFeature: Bool
  /// Its name for people, by language.
  public var label: [String: String]
  /// How the risk may depend on it.
  public var monotonicity: Monotonicity?

  /// Declares an aggregate.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - aggregate: The aggregate and its value.
  ///   - condition: Which rows count.
  ///   - window: How far back rows count, in the unit of the table's time.
  ///   - numeric: How the number becomes a feature.
  ///   - isFeature: Whether it becomes a feature.
  ///   - label: Its name for people, by language.
  ///   - monotonicity: How the risk may depend on it.
  public init(
    name: String,
    aggregate: String,
    condition: String? = nil,
    window: Double? = nil,
    numeric: NumericOptions = NumericOptions(),
    isFeature: Bool = true,
    label: [String: String] = [:],
    monotonicity: Monotonicity? = nil
  ) {
    self.name = name
    self.aggregate = aggregate
    self.condition = condition
    self.window = window
    self.numeric = numeric
    self.isFeature = isFeature
    self.label = label
    self.monotonicity = monotonicity
  }

  /// The same without what the fitted pipeline keeps elsewhere or not at all.
  var bare: AggregateDeclaration {
    AggregateDeclaration(name: name, aggregate: aggregate, condition: condition, window: window)
  }
}

extension AggregateDeclaration: NamedDeclaration {
  /// Decodes what stands beside a name under `aggregates`: an aggregate, or a mapping.
  init(name: String, from decoder: any Decoder) throws {
    guard let container = try? decoder.container(keyedBy: DeclarationKey.self) else {
      self.init(name: name, aggregate: try TextScalar(from: decoder).text)
      return
    }
    self.init(
      name: name,
      aggregate: try container.decode(String.self, forKey: .aggregate),
      condition: try container.decodeIfPresent(String.self, forKey: .condition),
      window: try container.decodeIfPresent(Double.self, forKey: .window),
      numeric: try NumericOptions(from: container),
      isFeature: try container.decodeIfPresent(Bool.self, forKey: .feature) ?? true,
      label: try container.decodeIfPresent([String: String].self, forKey: .label) ?? [:],
      monotonicity: try Monotonicity.decode(from: container)
    )
  }
}
