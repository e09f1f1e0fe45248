extension ExperimentDeclaration: Decodable {
  private enum Key: String, CodingKey {
    case experiment, pipeline, seed, validation, resampling, models, report, fairness, refresh
    case selectBy = "select_by"
  }

  private enum ValidationKey: String, CodingKey { case folds, repeats, holdout }

  private enum ResamplingKey: String, CodingKey {
    case methods, neighbours
    case underSamplingRatio = "under_sampling_ratio"
    case syntheticRatio = "synthetic_ratio"
  }

  private enum ReportKey: String, CodingKey {
    case bootstrapDraws = "bootstrap_draws"
    case explainedRows = "explained_rows"
  }

  private struct GroupOptions: Decodable {
    var edges: [Double]?
  }

  /// Reads an experiment file; what is not given keeps its default.
  ///
  /// - Parameter decoder: Stands on the top-level mapping.
  /// - Throws: `DecodingError` for a key that is absent or a value of the wrong kind.
  public init(from decoder: any Decoder) throws {
    self.init()
    let values = try decoder.container(keyedBy: Key.self)
    name = try values.decode(String.self, forKey: .experiment)
    pipeline = try values.decode(String.self, forKey: .pipeline)
    seed = try values.decodeIfPresent(UInt64.self, forKey: .seed) ?? seed
    criterion = try values.decodeIfPresent(Criterion.self, forKey: .selectBy) ?? criterion
    if values.contains(.validation) {
      let given = try values.nestedContainer(keyedBy: ValidationKey.self, forKey: .validation)
      folds = try given.decodeIfPresent(Int.self, forKey: .folds) ?? folds
      repeats = try given.decodeIfPresent(Int.self, forKey: .repeats) ?? repeats
      holdout = try given.decodeIfPresent(Double.self, forKey: .holdout) ?? holdout
    }
    if values.contains(.resampling) {
      let given = try values.nestedContainer(keyedBy: ResamplingKey.self, forKey: .resampling)
      let methods = try given.decodeIfPresent([Resampling].self, forKey: .methods) ?? []
      resamplings = Resampling.allCases.filter { $0 == .none || methods.contains($0) }
      let ratio = try given.decodeIfPresent(Double.self, forKey: .underSamplingRatio)
      resampling.underSamplingRatio = ratio ?? resampling.underSamplingRatio
      let synthetic = try given.decodeIfPresent(Double.self, forKey: .syntheticRatio)
      resampling.syntheticRatio = synthetic ?? resampling.syntheticRatio
      resampling.neighbours =
        try given.decodeIfPresent(Int.self, forKey: .neighbours) ?? resampling.neighbours
    }
    if values.contains(.report) {
      let given = try values.nestedContainer(keyedBy: ReportKey.self, forKey: .report)
      bootstrapDraws = try given.decodeIfPresent(Int.self, forKey: .bootstrapDraws) ?? bootstrapDraws
      explainedRows = try given.decodeIfPresent(Int.self, forKey: .explainedRows) ?? explainedRows
    }
    let given = try values.nestedContainer(keyedBy: ModelKind.self, forKey: .models)
    for kind in ModelKind.allCases where given.contains(kind) {
      models.append((kind, try given.decode(SearchSpace.self, forKey: kind)))
    }
    refresh = try values.decodeIfPresent(RefreshDeclaration.self, forKey: .refresh) ?? refresh
    let watched = try values.decodeIfPresent([String: GroupOptions].self, forKey: .fairness) ?? [:]
    groups = watched.sorted { $0.key < $1.key }.map { Group(field: $0.key, edges: $0.value.edges ?? []) }
  }
}

extension ModelKind: CodingKey {}
extension Resampling: Decodable {}
