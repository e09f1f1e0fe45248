public import FeaturePipeline

/// A whole pipeline file: the pipeline, what of it is kept, how to train on it, and how to decide with the model.
public struct TrainingDeclaration: Sendable, Decodable {
  /// The columns and the features.
  public var pipeline: PipelineDeclaration
  /// How to train.
  public var parameters: TrainingParameters
  /// How to decide.
  public var policy: PolicyDeclaration
  /// What is left out of the model.
  public var selection: SelectionDeclaration
  /// How the data are shown.
  public var exploration: ExplorationDeclaration

  private enum CodingKeys: String, CodingKey {
    case training, policy, selection, exploration
  }

  /// Declares what to train.
  ///
  /// - Parameters:
  ///   - pipeline: The columns and the features.
  ///   - parameters: How to train.
  ///   - policy: How to decide.
  ///   - selection: What is left out of the model.
  ///   - exploration: How the data are shown.
  public init(
    pipeline: PipelineDeclaration,
    parameters: TrainingParameters = TrainingParameters(),
    policy: PolicyDeclaration = PolicyDeclaration(),
    selection: SelectionDeclaration = SelectionDeclaration(),
    exploration: ExplorationDeclaration = ExplorationDeclaration()
  ) {
    self.pipeline = pipeline
    self.parameters = parameters
    self.policy = policy
    self.selection = selection
    self.exploration = exploration
  }

  /// Reads the top level of a pipeline file.
  ///
  /// - Parameter decoder: Stands on the top-level mapping.
  /// - Throws: `DecodingError` for a key that is absent or a value of the wrong kind.
  public init(from decoder: any Decoder) throws {
    pipeline = try PipelineDeclaration(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    parameters =
      try container.decodeIfPresent(TrainingParameters.self, forKey: .training) ?? TrainingParameters()
    policy = try container.decodeIfPresent(PolicyDeclaration.self, forKey: .policy) ?? PolicyDeclaration()
    selection =
      try container.decodeIfPresent(SelectionDeclaration.self, forKey: .selection) ?? SelectionDeclaration()
    exploration =
      try container.decodeIfPresent(ExplorationDeclaration.self, forKey: .exploration)
      ?? ExplorationDeclaration()
  }

  /// Finds everything in the file that contradicts itself, without any data.
  ///
  /// - Returns: All problems with their places; empty for a file that can be trained with.
  public func validate() -> [PipelineProblem] {
    pipeline.validate() + selection.validate() + exploration.validate(with: pipeline) + parameters.validate()
      + policy.validate(with: pipeline)
  }
}
