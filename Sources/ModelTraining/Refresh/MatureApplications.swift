import CreditEvents
public import FeaturePipeline
import StrictJSON

/// Joins applications with what became of them, by id, under a declared maturity.
///
/// The applications are seen twice, so that they need not be kept: first every one with ``note(_:id:at:of:)``, which
/// learns which ones count and what categories there are, then every one again with ``add(_:id:at:)``. Of an id that
/// comes twice the last record counts, of outcomes the one that became known last.
public struct MatureApplications {
  /// What was joined and what was left out.
  public struct Counts: Sendable, Equatable {
    /// Applications with a known outcome that are old enough.
    public var joined = 0
    /// Applications without a known outcome.
    public var withoutOutcome = 0
    /// Applications that are too young.
    public var immature = 0
    /// Applications that cannot be read as the pipeline declares them; the scorer dead-letters them.
    public var rejected = 0
    /// Records on the outcomes topic that are none.
    public var badOutcomes = 0
  }

  /// Where a record stands.
  public struct Place: Sendable, Equatable {
    let partition: Int32
    let offset: Int64

    /// Names a place.
    ///
    /// - Parameters:
    ///   - partition: The partition.
    ///   - offset: The offset in it.
    public init(partition: Int32, offset: Int64) {
      (self.partition, self.offset) = (partition, offset)
    }
  }

  private let declaration: PipelineDeclaration
  private let schema: ApplicationSchema
  private let asOf: Int64
  private let maturity: Int64
  private let parser = JSONParser(limits: .event)
  private var outcomes: [String: (defaulted: Bool, known: Int64)] = [:]
  private var last: [String: Place] = [:]
  private var categories: CategoryCollector
  private var reader: ApplicationEventReader?
  private var table: ApplicationTable?
  /// What was joined and what was left out so far.
  public private(set) var counts = Counts()

  /// Prepares a join.
  ///
  /// - Parameters:
  ///   - declaration: The pipeline that applications are read by.
  ///   - refresh: The maturity.
  ///   - asOf: The moment whose knowledge counts, milliseconds since 1970: outcomes known later are left out.
  /// - Throws: `PipelineError` when the pipeline's fields contradict each other.
  public init(
    _ declaration: PipelineDeclaration,
    _ refresh: RefreshDeclaration,
    asOf: Int64
  ) throws(PipelineError) {
    (self.declaration, self.asOf) = (declaration, asOf)
    maturity = refresh.maturityMilliseconds
    schema = try declaration.schema()
    categories = CategoryCollector(schema: schema)
  }

  /// Takes an outcome.
  ///
  /// - Parameter value: The record's value; nil for a tombstone, which says nothing.
  public mutating func add(outcome value: UnsafeRawBufferPointer?) {
    guard let value else { return }
    guard let outcome = try? parser.withRoot(of: value, { try LoanOutcome(json: $0) }) else {
      counts.badOutcomes += 1
      return
    }
    guard outcome.knownAtMilliseconds <= asOf else { return }
    if let known = outcomes[outcome.applicationID], known.known > outcome.knownAtMilliseconds { return }
    outcomes[outcome.applicationID] = (outcome.outcome == .defaulted, outcome.knownAtMilliseconds)
  }

  /// Sees an application for the first time, after all outcomes.
  ///
  /// - Parameters:
  ///   - value: The record's value.
  ///   - id: The record's key: the application's id.
  ///   - place: Where the record stands.
  ///   - time: The record's time, milliseconds since 1970.
  public mutating func note(_ value: UnsafeRawBufferPointer?, id: String, at place: Place, of time: Int64) {
    guard let value else { return }
    guard time + maturity <= asOf else {
      counts.immature += 1
      return
    }
    guard outcomes[id] != nil else {
      counts.withoutOutcome += 1
      return
    }
    last[id] = place
    // What cannot be parsed is counted when it is read in earnest.
    try? parser.withRoot(of: value) { categories.add($0) }
  }

  /// Reads an application in earnest, once all have been seen.
  ///
  /// - Parameters:
  ///   - value: The record's value.
  ///   - id: The record's key.
  ///   - place: Where the record stands.
  /// - Throws: `PipelineError` when the pipeline's history contradicts itself.
  public mutating func add(_ value: UnsafeRawBufferPointer?, id: String, at place: Place)
    throws(PipelineError)
  {
    guard last[id] == place, let outcome = outcomes[id] else { return }
    let reader: ApplicationEventReader
    if let made = self.reader {
      reader = made
    } else {
      reader = ApplicationEventReader(
        schema: schema,
        dictionaries: categories.dictionaries,
        historyPlan: try declaration.historyPlan()
      )
      self.reader = reader
      table = ApplicationTable(schema: schema, dictionaries: categories.dictionaries, hasTargets: true)
    }
    var application = Application(schema: schema)
    do throws(Rejection) {
      try reader.read(value, into: &application)
    } catch {
      counts.rejected += 1
      return
    }
    table?.append(application, target: outcome.defaulted ? 1 : 0)
    counts.joined += 1
  }

  /// The joined rows, in the order of their ids, so that the order of partitions does not matter.
  ///
  /// - Parameter refresh: The fewest rows.
  /// - Returns: The table.
  /// - Throws: ``TrainingError`` `tooFewRows` when there are fewer than declared.
  public func finished(_ refresh: RefreshDeclaration) throws(TrainingError) -> ApplicationTable {
    let defaults = table?.targets?.count { $0 == 1 } ?? 0
    guard let table, counts.joined >= refresh.minimumRows, defaults >= refresh.minimumDefaults else {
      throw TrainingError(
        .tooFewRows,
        "\(counts.joined) mature applications have an outcome, \(defaults) of them defaulted "
          + "(\(counts.withoutOutcome) have none, \(counts.immature) are younger than the maturity, \(counts.rejected) "
          + "unreadable); at least \(refresh.minimumRows) and \(refresh.minimumDefaults) are needed: wait, or lower "
          + "minimum_rows, minimum_defaults or maturity_days under refresh"
      )
    }
    return table.subset(rows: table.ids.indices.sorted { table.ids[$0] < table.ids[$1] })
  }
}
