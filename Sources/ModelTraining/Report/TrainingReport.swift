public import FeaturePipeline

/// What a training run found, with every figure measured on rows that the measured model did not see.
///
/// It holds no time and no duration: the same seed and data give the same report.
public struct TrainingReport: Sendable, Equatable {
  /// The rows that were learnt from.
  public struct Data: Sendable, Equatable {
    /// What the data are called, for example the file's name.
    public let name: String
    /// The SHA-256 of the file in hexadecimal digits, when the caller knows it.
    public let sha256: String?
    /// The number of rows with a known outcome.
    public let rowCount: Int
    /// The number of those that defaulted.
    public let defaultCount: Int
    /// The number of rows that were left out, since their outcome is unknown.
    public let unlabelledCount: Int
  }

  /// The figures of the validation.
  public struct Metrics: Sendable, Equatable {
    /// The area under the ROC curve, per fold of each repeat.
    public let areaUnderROC: MetricSummary
    /// The log loss of the calibrated probabilities, per fold of each repeat.
    public let logLoss: MetricSummary
    /// The Brier score of the calibrated probabilities, per fold of each repeat.
    public let brierScore: MetricSummary
    /// The expected calibration error with ten bins, per repeat.
    public let expectedCalibrationError: MetricSummary
    /// The cost of wrong decisions per application, per fold of each repeat.
    public let costPerApplication: MetricSummary
  }

  /// One choice that was made by what its alternatives are worth out of fold.
  public struct Choice: Sendable, Equatable {
    /// What was chosen.
    public let chosen: String
    /// All alternatives with their mean figure; the least was chosen.
    public let alternatives: [Alternative]
  }

  /// One alternative of a choice.
  public struct Alternative: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// Its mean figure over folds and repeats.
    public let figure: Double
  }

  /// What part of the applications each outcome would get, out of fold and before knock-out rules.
  public struct OutcomeShares: Sendable, Equatable {
    /// The share that is approved.
    public let approve: Double
    /// The share that a person decides.
    public let refer: Double
    /// The share that is declined.
    public let decline: Double
  }

  /// How much the model uses one feature.
  public struct Importance: Sendable, Equatable {
    /// The feature's name.
    public let feature: String
    /// Its part in the whole fall of the loss, 0...1.
    public let share: Double
  }

  /// A feature on which the risk may depend in one direction only.
  public struct Direction: Sendable, Equatable {
    /// The feature's name.
    public let feature: String
    /// The direction.
    public let direction: Monotonicity
  }

  /// A field or derived feature that the selection left out.
  public struct Omission: Sendable, Equatable {
    /// What was left out of the final model, and why.
    public let feature: OmittedFeature
    /// In how many of the validated models, each with its own training rows, it was left out as well.
    public let foldCount: Int
  }

  /// The model's name, that of its pipeline.
  public let model: String
  /// The seed of the run.
  public let seed: UInt64
  /// The rows that were learnt from.
  public let data: Data
  /// How the model was trained.
  public let parameters: TrainingParameters
  /// The number of features.
  public let featureCount: Int
  /// The version of the XGBoost that trained.
  public let xgboostVersion: String
  /// The rounds of the final model.
  public let rounds: Int
  /// The rounds of each validated model, per fold of each repeat.
  public let validationRounds: [Int]
  /// The figures of the validation.
  public let metrics: Metrics
  /// How margins become probabilities, by log loss.
  public let calibration: Choice
  /// How the threshold was found, by cost per application.
  public let thresholdRule: Choice
  /// The probability of default at which granting and declining part, were no person asked.
  public let threshold: Double
  /// From which probability of default on applications are referred to a person.
  public let referFrom: Double
  /// From which probability of default on applications are declined.
  public let declineFrom: Double
  /// What part of the applications each outcome would get.
  public let outcomes: OutcomeShares
  /// The features that the final model uses, most used first.
  public let importances: [Importance]
  /// The features whose direction was constrained.
  public let directions: [Direction]
  /// What the selection left out, in the order of the rules and then of the pipeline.
  public let omissions: [Omission]
}
