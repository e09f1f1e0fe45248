/// What Evidently would say of all columns: its own measures, thresholds and verdict on the whole.
public struct EvidentlyVerdicts: Sendable, Equatable {
  /// Evidently's share of drifted columns from which a data set has drifted.
  public static let driftShare = 0.5

  /// One column.
  public struct Column: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// What Evidently would print for it.
    public let verdict: EvidentlyColumn.Verdict

    /// Notes a verdict.
    ///
    /// - Parameters:
    ///   - name: The column's name.
    ///   - verdict: What Evidently would print for it.
    public init(name: String, verdict: EvidentlyColumn.Verdict) {
      self.name = name
      self.verdict = verdict
    }
  }

  /// The columns in order.
  public let columns: [Column]

  /// Collects verdicts.
  ///
  /// - Parameter columns: The columns in order.
  public init(columns: [Column]) { self.columns = columns }

  /// Columns that Evidently counts as drifted.
  public var driftedCount: Int { columns.count { $0.verdict.isDrift } }
  /// Their share; 0 without columns.
  public var share: Double { columns.isEmpty ? 0 : Double(driftedCount) / Double(columns.count) }
  /// Whether Evidently says that the data set has drifted.
  public var isDrift: Bool { !columns.isEmpty && share >= Self.driftShare }
}
