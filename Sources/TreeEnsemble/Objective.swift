/// What a model was trained for: how its base score and its margin are to be read.
public enum Objective: String, Sendable, CaseIterable {
  /// Log loss on 0/1 labels; the margin is a log-odds.
  case binaryLogistic = "binary:logistic"
  /// Log loss on 0/1 labels, margins as output; the base score is a margin, too.
  case binaryLogitRaw = "binary:logitraw"
  /// Log loss on labels in 0...1; the margin is a log-odds.
  case regressionLogistic = "reg:logistic"
  /// Squared error; the margin is the prediction.
  case regressionSquaredError = "reg:squarederror"

  /// True when the margin is a log-odds, so that a probability can be made of it.
  public var isLogistic: Bool { self != .regressionSquaredError }

  /// True when the file's base score is a probability.
  var hasProbabilityAsBaseScore: Bool { self == .binaryLogistic || self == .regressionLogistic }
}
