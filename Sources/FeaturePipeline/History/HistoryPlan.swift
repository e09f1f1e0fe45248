public import CreditEvents

/// The history tables of a pipeline with everything compiled that is computed of their rows.
///
/// Nothing of it is learnt from data, so that training and scoring share it as it is.
public struct HistoryPlan: Sendable {
  /// The tables, each parent before what is nested in it.
  public let tables: [HistoryTable]
  /// The aggregates that become values of an application, in the order of their slots.
  public let aggregates: [String]
  /// The fields behind each of them, as `table.field`.
  let sources: [[String]]
  /// What is computed of each table.
  let steps: [TablePlan]

  /// A plan without tables.
  public init() { self.init(tables: [], aggregates: [], sources: [], steps: []) }

  init(tables: [HistoryTable], aggregates: [String], sources: [[String]], steps: [TablePlan]) {
    self.tables = tables
    self.aggregates = aggregates
    self.sources = sources
    self.steps = steps
  }

  /// Whether the pipeline has no history.
  public var isEmpty: Bool { tables.isEmpty }

  /// What is computed of one table.
  struct TablePlan: Sendable {
    /// The columns that rows are ordered by, ascending; all others follow to break ties.
    var order: [Int]
    /// The column of time, −1 without one.
    var time = -1
    /// Each value and condition that occurs, once.
    var programs: [RowProgram]
    /// The aggregates, in the order of their outputs.
    var outputs: [Output]
    /// The first output's index among the application's aggregates, or its column in the parent's rows.
    var firstOutput: Int
  }

  /// One aggregate.
  struct Output: Sendable {
    var function: HistoryAggregate
    /// The program of the value, −1 for a plain count.
    var value: Int
    /// The program of the condition, −1 where all rows count.
    var condition: Int
  }
}
