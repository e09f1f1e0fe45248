public import DriftDetection

/// What the population looked like when a model was trained, frozen with it: `reference.json`.
public struct DriftReference: Sendable, Equatable {
  /// The length of a time block unless the trainer chooses another: one minute.
  public static let standardBlockMilliseconds: Int64 = 60_000

  /// What the model was worth on rows that it had not seen.
  public struct Performance: Sendable, Equatable {
    /// Rows with a known outcome.
    public var rows: Int
    /// The share that defaulted.
    public var defaultRate: Double
    /// The mean of the calibrated probabilities.
    public var meanProbability: Double
    /// The area under the receiver operating characteristic of the margins.
    public var areaUnderROC: Double
    /// The mean squared error of the probabilities.
    public var brierScore: Double
    /// What the decisions cost per application.
    public var costPerApplication: Double

    /// States the figures.
    public init(
      rows: Int,
      defaultRate: Double,
      meanProbability: Double,
      areaUnderROC: Double,
      brierScore: Double,
      costPerApplication: Double
    ) {
      self.rows = rows
      self.defaultRate = defaultRate
      self.meanProbability = meanProbability
      self.areaUnderROC = areaUnderROC
      self.brierScore = brierScore
      self.costPerApplication = costPerApplication
    }
  }

  /// The distributions, in the order of ``watched``.
  public let profile: ReferenceProfile
  /// What is watched, and where its values come from.
  public let watched: WatchedValues
  /// For each watched value the name of the first of the values that it is correlated with, its own if with none before.
  ///
  /// Values of one group tell one story when they drift: they share an incident.
  public let groups: [String]
  /// What has no value in any row of the reference and is not watched.
  public let unwatched: [String]
  /// The length of a time block in milliseconds.
  ///
  /// It is part of the model, not a setting, so that all scorers count in the same blocks.
  public let blockMilliseconds: Int64
  /// What the model was worth at training; nil if not known.
  public let performance: Performance?

  /// Freezes distributions.
  ///
  /// - Parameters:
  ///   - watched: What can be watched.
  ///   - references: The distribution of each of them; nil for what has no value in any row.
  ///   - groups: For each the name of the first value that it is correlated with; nil for none at all.
  ///   - blockMilliseconds: The length of a time block.
  ///   - performance: What the model was worth at training.
  /// - Throws: `DriftError` when nothing can be watched.
  /// - Precondition: As many references as watched values, with the same names; blocks have a length.
  public init(
    of watched: WatchedValues,
    references: [FeatureReference?],
    groups: [String]? = nil,
    blockMilliseconds: Int64 = DriftReference.standardBlockMilliseconds,
    performance: Performance? = nil
  ) throws(DriftError) {
    precondition(references.count == watched.values.count && blockMilliseconds > 0, "one for each value")
    let pairs = zip(watched.values, references)
    let names = groups ?? watched.values.map(\.name)
    precondition(names.count == references.count, "a group for each value")
    self.groups = zip(names, references).compactMap { name, reference in reference == nil ? nil : name }
    profile = try ReferenceProfile(features: references.compactMap { $0 })
    self.watched = WatchedValues(pairs.compactMap { value, reference in reference == nil ? nil : value })
    unwatched = pairs.compactMap { value, reference in reference == nil ? value.name : nil }
    self.blockMilliseconds = blockMilliseconds
    self.performance = performance
  }
}
