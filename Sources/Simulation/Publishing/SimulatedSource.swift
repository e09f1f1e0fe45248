public import CreditEvents
import StrictJSON

/// Simulated applications as records, with flaws planted among them.
public struct SimulatedSource: ApplicationSource {
  private let simulator: Simulator
  private let flaws: FlawPlan
  private let planter: FlawPlanter
  private var writer = JSONWriter()
  private var rows: Range<Int>

  /// Prepares to draw applications.
  ///
  /// - Parameters:
  ///   - simulator: The population.
  ///   - rows: The numbers of the applications.
  ///   - flaws: How often each flaw is planted; the outcome of a record that can have no decision is left out.
  ///   - reader: The schema of the records' reader, whose fields are the ones worth spoiling; all by default.
  public init(
    _ simulator: Simulator,
    rows: Range<Int>,
    flaws: FlawPlan = .none,
    reader: ApplicationSchema? = nil
  ) {
    self.simulator = simulator
    self.rows = rows
    self.flaws = flaws
    planter = FlawPlanter(schema: simulator.schema, reader: reader)
  }

  /// How many applications are left.
  public var expectedCount: Int? { rows.count }

  /// The next application, nil at the end.
  public mutating func next() -> OutgoingApplication? {
    guard let index = rows.popFirst() else { return nil }
    let simulated = simulator.application(index)
    writer.removeAll(keepingCapacity: true)
    simulator.encoder.encode(simulated.application, dictionaries: simulator.dictionaries, into: &writer)
    var record = OutgoingApplication(
      id: simulated.application.id,
      value: writer.bytes,
      eventTimeMilliseconds: simulated.eventTimeMilliseconds,
      outcome: simulated.outcome
    )
    if case (let flaw, var random)? = flaws.flaw(index, seed: simulator.seed),
      let value = planter.planting(flaw, in: writer.bytes, &random)
    {
      record.value = flaw == .noValue ? nil : value
      record.flaw = flaw
      if flaw.rejection != nil { record.outcome = nil }
    }
    return record
  }
}
