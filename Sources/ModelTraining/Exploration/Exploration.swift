/// What was found in a table before any model was fitted.
///
/// It holds no time and no duration: the same table and pipeline give the same exploration.
public struct Exploration: Sendable {
  /// The table as a whole.
  public struct Overview: Sendable, Equatable {
    /// The pipeline's name.
    public let pipeline: String
    /// What the data are called, for example the file's name.
    public let name: String
    /// The number of rows.
    public let rowCount: Int
    /// The number of rows with a known outcome.
    public let knownCount: Int
    /// The number of those that defaulted.
    public let defaultCount: Int

    /// The default rate; NaN without outcomes.
    public var rate: Double { Double(defaultCount) / Double(knownCount) }
    /// The interval of the rate at 95 %.
    public var interval: WilsonInterval { WilsonInterval(count: defaultCount, of: knownCount) }
  }

  /// The table as a whole.
  public let overview: Overview
  /// The fields: first those that the pipeline file names first, then by how well each alone tells the outcome.
  public let fields: [FieldProfile]
  /// How many of ``fields`` the pipeline file names first.
  public let firstCount: Int
  /// The fields that may know the outcome.
  public let suspects: [LeakageSuspect]
  /// What else should be known, by kind and then in the order of ``fields``.
  public let notes: [DataNote]
  /// How the fields go together.
  public let associations: Associations

  /// Explores a table.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - declaration: What is shown first.
  ///   - width: The fields examined at one time; it changes the time that it takes, and nothing else.
  ///   - progress: Receives the share of the work that is done and what is done now, from several threads.
  /// - Throws: ``TrainingError`` for a table without rows or columns.
  /// - Complexity: O(fields² · rows).
  public init(
    _ table: ExploredTable,
    declaration: ExplorationDeclaration = ExplorationDeclaration(),
    width: Int = 2,
    progress: @Sendable (Double, String) -> Void = { _, _ in }
  ) throws {
    guard table.rowCount > 0, !table.fields.isEmpty else {
      throw TrainingError(.emptyTable, "\(table.name) has no rows; give a table with applications")
    }
    let profiler = FieldProfiler(table)
    progress(0, "fields")
    let profiles = try concurrentMap(table.fields, width: width) { field in
      profiler.profile(field, isFirst: declaration.first.contains(field.name))
    }
    progress(0.4, "correlations")
    associations = try Associations(table, width: width) { progress(0.4 + 0.5 * $0, "correlations") }
    progress(0.9, "leakage")
    let known = table.targets?.filter { !$0.isNaN } ?? []
    overview = Overview(
      pipeline: table.pipeline,
      name: table.name,
      rowCount: table.rowCount,
      knownCount: known.count,
      defaultCount: known.count { $0 == 1 }
    )
    suspects = LeakageSearch(table: table, profiles: profiles, profiler: profiler).suspects()
    let first = declaration.first.compactMap { name in profiles.firstIndex { $0.name == name } }
    let others = profiles.indices.filter { !first.contains($0) }
      .sorted { (profiles[$1].area, $0) < (profiles[$0].area, $1) }
    fields = (first + others).map { profiles[$0] }
    firstCount = first.count
    let notes = fields.flatMap { DataNote.notes(on: $0) }
    self.notes = DataNote.Kind.allCases.flatMap { kind in notes.filter { $0.kind == kind } }
    progress(1, "\(profiles.count) fields")
  }
}
