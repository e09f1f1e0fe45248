public import FeaturePipeline

/// A whole experiment, as a file under `Config/training` declares it.
public struct ExperimentDeclaration: Sendable, Equatable {
  /// By what the best candidate is chosen.
  public enum Criterion: String, Sendable, CaseIterable, Decodable {
    /// The area under the ROC curve.
    case auc
    /// The log loss of cross-fitted calibrated probabilities.
    case logLoss = "log_loss"
    /// The cost per application at the break-even threshold.
    case cost
  }

  /// A field whose groups are watched for fairness.
  public struct Group: Sendable, Equatable {
    /// The field or derived feature.
    public var field: String
    /// Where the groups of a number begin; empty for a category or flag.
    public var edges: [Double]

    /// Declares a field.
    ///
    /// - Parameters:
    ///   - field: The field or derived feature.
    ///   - edges: Where the groups of a number begin; empty for a category or flag.
    public init(field: String, edges: [Double] = []) {
      (self.field, self.edges) = (field, edges)
    }
  }

  /// The experiment's name.
  public var name = ""
  /// The pipeline file, relative to the experiment file.
  public var pipeline = ""
  /// The seed of everything random.
  public var seed: UInt64 = 1
  /// The folds of each division.
  public var folds = 5
  /// How often the rows are divided anew.
  public var repeats = 1
  /// The share of rows that no choice is made on, which the reported figures come from; 0.05...0.5.
  public var holdout = 0.2
  /// By what the best candidate is chosen.
  public var criterion = Criterion.auc
  /// What is tried about defaults being rare, `none` always among it.
  public var resamplings: [Resampling] = [.none]
  /// How rows are resampled.
  public var resampling = ResamplingOptions()
  /// What is tried of each kind of model, in the order of the kinds.
  public var models: [(kind: ModelKind, space: SearchSpace)] = []
  /// How often the threshold is found anew on drawn rows.
  public var bootstrapDraws = 500
  /// How many rows plots of single applications show.
  public var explainedRows = 600
  /// The fields whose groups are watched, in alphabetical order.
  public var groups: [Group] = []
  /// When and on what the model is fitted anew from topics.
  public var refresh = RefreshDeclaration()

  /// An experiment without models.
  public init() {}

  /// Whether two declare the same.
  ///
  /// - Parameters:
  ///   - left: One declaration.
  ///   - right: Another.
  /// - Returns: Whether all parts are equal.
  public static func == (left: Self, right: Self) -> Bool { left.description == right.description }

  /// All candidates without resampling, in the order of the kinds.
  ///
  /// - Returns: The candidates.
  /// - Throws: ``TrainingError`` `emptySearchSpace` or `invalidDeclaration` with the place in the file.
  public func candidates() throws(TrainingError) -> [Candidate] {
    var candidates: [Candidate] = []
    for model in models { candidates += try model.space.candidates(of: model.kind, seed: seed) }
    for candidate in candidates {
      guard let problem = CandidateParameters.problem(of: candidate) else { continue }
      throw TrainingError(.invalidDeclaration, "models.\(candidate.kind.rawValue): \(problem)")
    }
    guard candidates.contains(where: \.kind.isTree) else {
      throw TrainingError(
        .emptySearchSpace,
        "models: neither boosting nor random_forest is tried, and only these can be put into a bundle; add one"
      )
    }
    return candidates
  }

  /// Finds what no experiment can have.
  ///
  /// - Parameter pipeline: The pipeline that the groups' fields belong to.
  /// - Returns: The problems with their places in the file.
  public func validate(with pipeline: PipelineDeclaration) -> [PipelineProblem] {
    let checks: [(path: [String], value: Double, range: ClosedRange<Double>)] = [
      (["validation", "folds"], Double(folds), 2...50),
      (["validation", "repeats"], Double(repeats), 1...20),
      (["validation", "holdout"], holdout, 0.05...0.5),
      (["resampling", "neighbours"], Double(resampling.neighbours), 1...100),
      (["resampling", "under_sampling_ratio"], resampling.underSamplingRatio, 0.01...1),
      (["resampling", "synthetic_ratio"], resampling.syntheticRatio, 0.01...1),
      (["report", "bootstrap_draws"], Double(bootstrapDraws), 50...20_000),
      (["report", "explained_rows"], Double(explainedRows), 50...5_000),
    ]
    var problems = checks.filter { !$0.range.contains($0.value) }.map { check in
      PipelineProblem(
        path: check.path,
        message: "\(check.value) is out of bounds; give a value from \(check.range.lowerBound) to "
          + "\(check.range.upperBound)"
      )
    }
    problems += refresh.validate()
    let known = Set(pipeline.readFields.map(\.name) + pipeline.derived.map(\.name))
    for group in groups where !known.contains(group.field) {
      problems.append(
        PipelineProblem(
          path: ["fairness", group.field],
          message: "the pipeline has no such field or derived feature; name one of its own"
        )
      )
    }
    return problems
  }

  /// Everything that decides what the experiment finds, in one line.
  public var description: String {
    let spaces = models.map { kind, space in
      let fixed = space.fixed.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let grid = space.grid.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let drawn = space.space.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      return "\(kind.rawValue) \(fixed) \(grid) \(space.drawCount) \(drawn)"
    }
    return
      "\(name) \(seed) \(folds) \(repeats) \(holdout) \(criterion.rawValue) \(resamplings.map(\.rawValue)) "
      + "\(resampling) \(spaces) \(bootstrapDraws) \(explainedRows) \(groups) \(refresh)"
  }
}

extension ExperimentDeclaration: CustomStringConvertible {}
