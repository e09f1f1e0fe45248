/// One column of the model's input.
public struct Feature: Sendable, Equatable {
  /// Its name, distinct within a pipeline: `AGE`, `JOB=Cook`, `JOB is missing`, `JOB default rate`.
  public let name: String
  /// The raw field or the derived feature that it comes from: the unit in which reasons are summed.
  public let group: String
  /// The raw fields behind it: the field itself, or those of the derived feature's formula; a field of history
  /// stands as `table.field`.
  public let fields: [String]
}
