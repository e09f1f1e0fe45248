/// What one run of training is given beside the pipeline file and the table.
public struct TrainingOptions: Sendable, Equatable {
  /// The seed of everything random; the same seed and data give the same model.
  public var seed: UInt64 = 1
  /// The largest number of models trained at one time; it changes the time a run takes, and nothing else.
  public var concurrentFits = 2
  /// The most rows, evenly spread over the table, that the mean contributions of the reference are taken of.
  public var explainedRows = ReferencePopulation.explainedRows
  /// What the data are called, for example the file's name.
  public var dataName = ""
  /// The SHA-256 of the data's file in hexadecimal digits.
  public var dataSHA256: String?

  /// The defaults: seed 1, two models at a time.
  public init() {}
}
