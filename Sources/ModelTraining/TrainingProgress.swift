/// How far a training has come.
public struct TrainingProgress: Sendable, Equatable {
  /// The share of the work that is done, 0...1; it never falls.
  public let fraction: Double
  /// What was done last, in one line.
  public let text: String
}
