public import FeaturePipeline

/// What is left out of a model, as the `selection` part of a pipeline file; a rule that is not given leaves out
/// nothing.
public struct SelectionDeclaration: Sendable, Equatable, Decodable {
  /// How the importance under permutation is measured.
  public struct Importance: Sendable, Equatable {
    /// What rises the log loss on unseen rows by no more than this, when it is shuffled, is left out.
    public var least: Double
    /// How often each feature is shuffled in each part.
    public var repeats = 2
    /// On how many parts of the training rows it is measured, each unseen by its own model.
    public var parts = 2
  }

  /// The greatest share of rows that may lack a value.
  public var missingShare: Double?
  /// The greatest share of rows that may have the same value, missing being a value of its own.
  public var nearZeroVariance: Double?
  /// The greatest association (Spearman's correlation, Cramér's V) of two features that are both kept.
  public var correlation: Double?
  /// The importance under permutation.
  public var importance: Importance?

  /// Whether nothing is ever left out.
  public var isEmpty: Bool { self == SelectionDeclaration() }

  private enum CodingKeys: String, CodingKey {
    case correlation, importance, least, repeats, parts
    case missingShare = "missing_share"
    case nearZeroVariance = "near_zero_variance"
  }

  /// Declares that everything is kept.
  public init() {}

  /// Reads the rules that are given.
  ///
  /// - Parameter decoder: Stands on the mapping under `selection`.
  /// - Throws: `DecodingError` when a value has the wrong type.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    missingShare = try values.decodeIfPresent(Double.self, forKey: .missingShare)
    nearZeroVariance = try values.decodeIfPresent(Double.self, forKey: .nearZeroVariance)
    correlation = try values.decodeIfPresent(Double.self, forKey: .correlation)
    guard values.contains(.importance) else { return }
    if let least = try? values.decode(Double.self, forKey: .importance) {
      importance = Importance(least: least)
      return
    }
    let nested = try values.nestedContainer(keyedBy: CodingKeys.self, forKey: .importance)
    var importance = Importance(least: try nested.decodeIfPresent(Double.self, forKey: .least) ?? 0)
    importance.repeats = try nested.decodeIfPresent(Int.self, forKey: .repeats) ?? importance.repeats
    importance.parts = try nested.decodeIfPresent(Int.self, forKey: .parts) ?? importance.parts
    self.importance = importance
  }

  /// Finds the values that no selection can have.
  ///
  /// - Returns: The problems in the order of the rules, with their places in the pipeline file.
  public func validate() -> [PipelineProblem] {
    let checks: [(path: [String], value: Double?, range: ClosedRange<Double>)] = [
      (["missing_share"], missingShare, 0...1),
      (["near_zero_variance"], nearZeroVariance, 0.5...1),
      (["correlation"], correlation, 0.5...1),
      (["importance", "least"], importance?.least, -1...1),
      (["importance", "repeats"], importance.map { Double($0.repeats) }, 1...100),
      (["importance", "parts"], importance.map { Double($0.parts) }, 1...20),
    ]
    return checks.compactMap { check in
      guard let value = check.value, !check.range.contains(value) else { return nil }
      return PipelineProblem(
        path: ["selection"] + check.path,
        message:
          "\(value) is out of bounds; give a value from \(check.range.lowerBound) to \(check.range.upperBound)"
      )
    }
  }
}
