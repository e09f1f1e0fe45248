extension Policy {
  /// What the two errors of a decision cost, in any one unit.
  public struct Costs: Sendable, Equatable {
    /// Approving who then defaults.
    public var missedDefault: Double
    /// Refusing who would have repaid.
    public var refusedGood: Double

    /// Creates the costs.
    ///
    /// - Parameters:
    ///   - missedDefault: Approving who then defaults.
    ///   - refusedGood: Refusing who would have repaid.
    public init(missedDefault: Double, refusedGood: Double) {
      self.missedDefault = missedDefault
      self.refusedGood = refusedGood
    }

    /// How many refused good clients one missed default costs.
    public var ratio: Double { missedDefault / refusedGood }

    /// The probability of default at which approving and refusing cost the same.
    public var breakEvenProbability: Double { refusedGood / (missedDefault + refusedGood) }
  }

  /// A rule that declines whatever the model says.
  public struct KnockOut: Sendable, Equatable {
    /// The rule's code, as decisions name it.
    public var code: String
    /// The condition over raw fields and derived features; it does not fire where its value is missing.
    public var condition: String
    /// What the applicant is told, by language.
    public var texts: [String: String]

    /// Creates a rule.
    ///
    /// - Parameters:
    ///   - code: The rule's code.
    ///   - condition: The condition, an expression.
    ///   - texts: What the applicant is told, by language.
    public init(code: String, condition: String, texts: [String: String]) {
      self.code = code
      self.condition = condition
      self.texts = texts
    }
  }

  /// A factor that can be a reason: groups of features that an applicant takes for one ground.
  public struct ReasonText: Sendable, Equatable {
    /// The reason's code, as decisions name it.
    public var code: String
    /// The raw fields and derived features whose contributions are added up.
    public var groups: [String]
    /// What the applicant is told, by language.
    public var texts: [String: String]

    /// Creates a factor.
    ///
    /// - Parameters:
    ///   - code: The reason's code.
    ///   - groups: The raw fields and derived features whose contributions are added up.
    ///   - texts: What the applicant is told, by language.
    public init(code: String, groups: [String], texts: [String: String]) {
      self.code = code
      self.groups = groups
      self.texts = texts
    }
  }
}
