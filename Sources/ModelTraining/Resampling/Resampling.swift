import FeaturePipeline

/// What is done about defaults being rare, on training rows only.
public enum Resampling: String, Sendable, CaseIterable {
  /// Nothing.
  case none
  /// Defaulted rows weigh as much in all as repaid ones.
  case classWeights = "class_weights"
  /// Repaid rows are drawn until there are as many as defaulted ones.
  case underSampling = "under_sampling"
  /// Defaulted rows are made up between neighbouring ones (SMOTE-NC).
  case syntheticMinority = "smote_nc"
}

/// How training rows are resampled.
public struct ResamplingOptions: Sendable, Equatable {
  /// The number of neighbours that made-up rows lie between.
  public var neighbours = 5
  /// The rarer class in relation to the other after under-sampling, above 0 and up to 1.
  public var underSamplingRatio = 1.0
  /// The rarer class in relation to the other after SMOTE-NC, above 0 and up to 1.
  public var syntheticRatio = 0.5

  /// The defaults.
  public init() {}
}

/// Training rows after resampling, with what it did to their odds.
struct ResampledRows: Sendable {
  /// The rows to learn from.
  let matrix: LabelledMatrix
  /// What a defaulted row weighs; a repaid one weighs 1.
  let positiveWeight: Double
  /// By how much log-odds learnt from these rows lie above those of the population (King and Zeng 2001).
  let marginOffset: Double

  /// Resamples.
  ///
  /// - Parameters:
  ///   - matrix: The training rows.
  ///   - resampling: What is done.
  ///   - options: How.
  ///   - groups: The field of each feature, so that the columns of one category stay together.
  ///   - seed: The seed of draws.
  /// - Throws: ``TrainingError`` `tooFewRows` when the rarer class has not more rows than SMOTE's neighbours.
  init(
    _ matrix: LabelledMatrix,
    _ resampling: Resampling,
    options: ResamplingOptions,
    groups: [String],
    seed: UInt64
  ) throws(TrainingError) {
    let before = Self.logOdds(matrix.targets)
    switch resampling {
    case .none:
      (self.matrix, positiveWeight, marginOffset) = (matrix, 1, 0)
    case .classWeights:
      let defaulted = Double(matrix.targets.count { $0 })
      positiveWeight = (Double(matrix.targets.count) - defaulted) / defaulted
      (self.matrix, marginOffset) = (matrix, PortableMath.log(positiveWeight))
    case .underSampling:
      let rows = Self.underSampled(matrix.targets, ratio: options.underSamplingRatio, seed: seed)
      self.matrix = matrix.subset(rows: rows)
      (positiveWeight, marginOffset) = (1, Self.logOdds(self.matrix.targets) - before)
    case .syntheticMinority:
      self.matrix = try SyntheticMinority(options: options, groups: groups).extending(matrix, seed: seed)
      (positiveWeight, marginOffset) = (1, Self.logOdds(self.matrix.targets) - before)
    }
  }

  private static func logOdds(_ targets: [Bool]) -> Double {
    let defaulted = Double(targets.count { $0 })
    return PortableMath.log(defaulted / (Double(targets.count) - defaulted))
  }

  /// All rows of the rarer class and drawn ones of the other, ascending.
  private static func underSampled(_ targets: [Bool], ratio: Double, seed: UInt64) -> [Int] {
    let rare = SyntheticMinority.rarerClass(of: targets)
    let kept = targets.indices.filter { targets[$0] == rare }
    var others = targets.indices.filter { targets[$0] != rare }
    var generator = SeededGenerator(seed: seed, purpose: [12])
    generator.shuffle(&others)
    let wanted = Int((Double(kept.count) / ratio).rounded())
    return (kept + others.prefix(max(1, wanted))).sorted()
  }
}

extension LabelledMatrix {
  /// Some of the rows, in the given order.
  func subset(rows: [Int]) -> LabelledMatrix {
    LabelledMatrix(
      features: features.subset(rows: rows),
      targets: rows.map { targets[$0] },
      directions: directions
    )
  }
}
