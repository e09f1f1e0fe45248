public import ModelRegistry

/// What one run of an experiment is given beside its file and the table.
public struct ExperimentOptions: Sendable {
  /// The candidates evaluated at one time; it changes the time a run takes, and nothing else.
  public var width = 2
  /// What the data are called, for example the file's name.
  public var dataName = ""
  /// The SHA-256 of the data's file in hexadecimal digits.
  public var dataSHA256: String?
  /// The journal's file; nil keeps none.
  public var journalPath: String?
  /// Shuffles the outcomes among the rows: a check that nothing is learnt from chance.
  public var shufflesTargets = false
  /// The model in force, compared with the chosen one on the held-out rows.
  public var champion: ModelBundle?

  /// The defaults: two candidates at a time, no journal, no champion.
  public init() {}
}
