/// The kinds of model that an experiment compares.
public enum ModelKind: String, Sendable, CaseIterable {
  /// Gives every application the share of defaults: what is known without any field.
  case dummyPrior = "dummy_prior"
  /// Draws each answer with the share of defaults: what guessing is worth.
  case dummyStratified = "dummy_stratified"
  /// Log-odds that are a weighted sum of the features, with an L2 penalty.
  case logisticRegression = "logistic_regression"
  /// Many deep trees side by side, each on a part of rows and features (libxgboost, one round).
  case randomForest = "random_forest"
  /// Trees that correct each other (libxgboost).
  case boosting

  /// Whether its models can be put into a bundle.
  public var isTree: Bool { self == .randomForest || self == .boosting }

  /// Whether it learns anything from the features.
  public var isDummy: Bool { self == .dummyPrior || self == .dummyStratified }

  /// Its name for people.
  public var title: String {
    switch self {
    case .dummyPrior: "Dummy (prior)"
    case .dummyStratified: "Dummy (stratified)"
    case .logisticRegression: "Logistic regression"
    case .randomForest: "Random forest"
    case .boosting: "Gradient boosting"
    }
  }
}
