/// What an experiment found: every figure of the card.
public struct ExperimentReport: Sendable, Equatable {
  /// How often the leading reason stays when the model is fitted with another seed.
  public struct ReasonAgreement: Sendable, Equatable {
    /// The number of applications that are not approved by the model, up to a bound.
    public let rowCount: Int
    /// The share of them whose leading reason is the same.
    public let leading: Double
    /// The share of them whose leading reason is among the first four of the other model.
    public let amongFour: Double
    /// The mean difference of the two probabilities, as absolute values.
    public let meanDifference: Double
  }

  /// The rows.
  public struct Data: Sendable, Equatable {
    /// What the data are called, for example the file's name.
    public let name: String
    /// The SHA-256 of the file in hexadecimal digits, when the caller knows it.
    public let sha256: String?
    /// The number of rows with a known outcome.
    public let rowCount: Int
    /// The number of those that defaulted.
    public let defaultCount: Int
    /// The number of rows left out, since their outcome is unknown.
    public let unlabelledCount: Int
    /// The number of rows that no choice was made on.
    public let holdoutCount: Int
    /// The number of those that defaulted.
    public let holdoutDefaultCount: Int
  }

  /// The experiment's name.
  public let name: String
  /// The model's name, that of its pipeline.
  public let model: String
  /// The seed of everything random.
  public let seed: UInt64
  /// Whether outcomes were shuffled among the rows, so that nothing can be learnt.
  public let isShuffled: Bool
  /// By what the best candidate was chosen.
  public let criterion: ExperimentDeclaration.Criterion
  /// The folds of each division.
  public let folds: Int
  /// How often the rows were divided.
  public let repeats: Int
  /// The rows.
  public let data: Data
  /// The number of features of the final model.
  public let featureCount: Int
  /// The version of the XGBoost that trained.
  public let xgboostVersion: String
  /// The version of this program.
  public let programVersion: String
  /// All candidates, best first.
  public let candidates: [CandidateFigures]
  /// The place among ``candidates`` of the one that was put into the bundle.
  public let chosenIndex: Int
  /// The best of each kind on the held-out rows, the chosen one first, and the champion last if there is one.
  public let finalists: [HoldoutFigures]
  /// Whether the last finalist is the champion.
  public let hasChampion: Bool
  /// How much better the chosen model is out of fold than the best of each other kind, by the other's key.
  public let foldComparisons: [FoldComparison]
  /// The rounds of the final model.
  public let rounds: Int
  /// Decisions and their curves.
  public let decisions: DecisionFigures
  /// What moves the model.
  public let explanation: ExplanationFigures
  /// Whether reasons stay under another seed.
  public let reasonAgreement: ReasonAgreement
  /// How groups of clients fare.
  public let fairness: [FairnessFigures]

  /// A paired comparison on the same folds.
  public struct FoldComparison: Sendable, Equatable {
    /// The other candidate's key.
    public let other: String
    /// The chosen area less the other's, mean over the folds.
    public let difference: Double
    /// The lower end of its interval at 95 %.
    public let lower: Double
    /// The upper end of its interval at 95 %.
    public let upper: Double
  }

  /// The chosen candidate.
  public var chosen: CandidateFigures { candidates[chosenIndex] }

  /// The best candidate if it is no tree model, and so could not be put into the bundle.
  public var winnerOutsideTrees: CandidateFigures? {
    candidates.first.flatMap { $0.candidate.kind.isTree ? nil : $0 }
  }
}
