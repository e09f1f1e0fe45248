public import CreditEvents

/// What a pipeline file says about one column of the table, which is one member of an event.
public struct FieldDeclaration: Sendable, Equatable {
  /// The column's header and the member's key.
  public var name: String
  /// What its values are; may be left out only where the column is dropped.
  public var kind: Field.Kind?
  /// The least and the greatest expected number.
  public var range: [Double]?
  /// Whether it is kept from features and rules.
  public var isProtected = false
  /// When its value is known; what is known only after the decision is read for exploration alone.
  public var availability = Availability.atApplication
  /// How the risk may depend on it.
  public var monotonicity: Monotonicity?
  /// Texts that count as missing.
  public var missing: [String] = []
  /// How a flag is written, off and on.
  public var labels: [String]?
  /// Categories that are known beside those in the training data.
  public var categories: [String] = []
  /// How a number or a flag becomes a feature.
  public var numeric = NumericOptions()
  /// How a category becomes features.
  public var category = CategoryOptions()
  /// Whether it becomes a feature, `nil` meaning yes; if not, formulas and rules may still use it.
  public var isFeature: Bool?
  /// Why the column is not read, if it is not.
  public var dropReason: String?
  /// Its name for people, by language.
  public var label: [String: String] = [:]

  /// Declares a field of which nothing special is to be said.
  ///
  /// - Parameters:
  ///   - name: The column's header and the member's key.
  ///   - kind: What its values are.
  public init(name: String, kind: Field.Kind?) {
    self.name = name
    self.kind = kind
  }

  /// Whether scoring and training read it.
  public var isRead: Bool { dropReason == nil && availability == .atApplication }

  /// The field as events and tables are read with it.
  ///
  /// - Precondition: The declaration is valid.
  public var field: Field {
    Field(
      name: name,
      kind: kind ?? .number,
      range: range.flatMap { $0.count == 2 && $0[0] <= $0[1] ? $0[0]...$0[1] : nil },
      isProtected: isProtected,
      missingTexts: missing,
      flagLabels: labels.flatMap { $0.count == 2 ? Field.FlagLabels(off: $0[0], on: $0[1]) : nil }
    )
  }
}

extension FieldDeclaration {
  /// Decodes what stands beside a name under `fields`: a kind, or a mapping.
  init(name: String, from decoder: any Decoder) throws {
    self.init(name: name, kind: nil)
    guard let container = try? decoder.container(keyedBy: DeclarationKey.self) else {
      let single = try decoder.singleValueContainer()
      let text = try single.decode(String.self)
      guard let kind = Field.Kind(rawValue: text) else {
        throw DecodingError.dataCorruptedError(in: single, debugDescription: Self.unknownKind(text))
      }
      self.kind = kind
      return
    }
    if let text = try container.decodeIfPresent(String.self, forKey: .kind) {
      guard let kind = Field.Kind(rawValue: text) else {
        throw container.refusal(.kind, Self.unknownKind(text))
      }
      self.kind = kind
    }
    range = try container.decodeIfPresent([Double].self, forKey: .range)
    isProtected = try container.decodeIfPresent(Bool.self, forKey: .isProtected) ?? false
    if let text = try container.decodeIfPresent(String.self, forKey: .available) {
      guard let availability = Availability(rawValue: text) else {
        throw container.refusal(.available, "\"\(text)\" is no time; use at_application or after_decision")
      }
      self.availability = availability
    }
    monotonicity = try Monotonicity.decode(from: container)
    missing = try container.texts(.missing)
    labels = try container.contains(.labels) ? container.texts(.labels) : nil
    categories = try container.texts(.categories)
    numeric = try NumericOptions(from: container)
    category = try CategoryOptions(from: container)
    isFeature = try container.decodeIfPresent(Bool.self, forKey: .feature)
    dropReason = try container.decodeIfPresent(String.self, forKey: .drop)
    label = try container.decodeIfPresent([String: String].self, forKey: .label) ?? [:]
  }

  private static func unknownKind(_ text: String) -> String {
    "\"\(text)\" is no kind of field; use number, category or flag"
  }
}
