public import CreditScoring

/// How decisions are made, as the `policy` part of a pipeline file declares it.
///
/// The thresholds are no part of it: training finds them from the costs.
public struct PolicyDeclaration: Sendable, Equatable {
  /// A rule that declines whatever the model says.
  public struct KnockOut: Sendable, Equatable, Decodable {
    /// The rule's code, as decisions name it.
    public var code: String
    /// The condition, over fields and derived features; missing counts as not fulfilled.
    public var when: String
    /// What the applicant is told, by language.
    public var texts: [String: String]

    /// Declares a rule.
    ///
    /// - Parameters:
    ///   - code: The rule's code.
    ///   - when: The condition.
    ///   - texts: What the applicant is told, by language.
    public init(code: String, when: String, texts: [String: String]) {
      self.code = code
      self.when = when
      self.texts = texts
    }
  }

  /// Features that an applicant would take for one ground, given as one reason.
  public struct Reason: Sendable, Equatable, Decodable {
    /// The fields and derived features whose contributions are added up.
    public var groups: [String]
    /// What the applicant is told, by language.
    public var texts: [String: String]

    /// Declares a reason.
    ///
    /// - Parameters:
    ///   - groups: The fields and derived features whose contributions are added up.
    ///   - texts: What the applicant is told, by language.
    public init(groups: [String], texts: [String: String]) {
      self.groups = groups
      self.texts = texts
    }
  }

  /// The policy's version, from 1.
  public var version = 1
  /// What errors cost.
  public var costs = Policy.Costs(missedDefault: 10, refusedGood: 1)
  /// Where referring and declining begin, as multiples of the threshold's probability of default.
  ///
  /// The threshold lies between them: below the first an application is approved, from the second declined.
  public var referBand = [1.0, 1.0]
  /// How a probability becomes points.
  public var points = PointsScale.standard
  /// For which decisions reasons are computed.
  public var reasonsMode = ReasonsMode.nonApprove
  /// The rules that decline before the model is asked.
  public var knockOuts: [KnockOut] = []
  /// Reasons by code; fields and derived features that none of them names are reasons of their own.
  public var reasons: [String: Reason] = [:]

  /// The default policy: a missed default costs ten refused good clients, and nothing is referred.
  public init() {}
}
