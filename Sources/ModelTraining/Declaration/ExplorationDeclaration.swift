import FeaturePipeline

/// How the data are shown, as the `exploration` part of a pipeline file.
public struct ExplorationDeclaration: Sendable, Equatable, Decodable {
  /// The fields and derived features that are shown first, in this order; a lender will name age.
  public var first: [String] = []

  private enum CodingKeys: String, CodingKey {
    case first
  }

  /// Declares nothing: what tells most about the outcome comes first.
  public init() {}

  /// Reads what is given.
  ///
  /// - Parameter decoder: Stands on the mapping under `exploration`.
  /// - Throws: `DecodingError` when a value has the wrong type.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    first = try values.decodeIfPresent([String].self, forKey: .first) ?? first
  }

  /// Finds the names that do not exist.
  ///
  /// - Parameter pipeline: The pipeline whose fields are shown.
  /// - Returns: The problems with their places in the pipeline file.
  func validate(with pipeline: PipelineDeclaration) -> [PipelineProblem] {
    let known = Set(
      pipeline.fields.map(\.name) + pipeline.dropped.map(\.name) + pipeline.derived.map(\.name)
    )
    return first.filter { !known.contains($0) }.map { name in
      PipelineProblem(
        path: ["exploration", "first"],
        message: "\(name) is neither a field nor a derived feature; name one that the file declares"
      )
    }
  }
}
