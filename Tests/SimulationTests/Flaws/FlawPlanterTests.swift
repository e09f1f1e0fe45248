import CreditEvents
import StrictJSON
import Testing

@testable import Simulation

@Suite("Flaws")
struct FlawPlanterTests {
  @Test("Each flaw has the end that it promises", arguments: Flaw.allCases)
  func ends(_ flaw: Flaw) throws {
    let simulator = try Population.simulator()
    let plan = try FlawPlan(shares: [flaw: 1])
    let decoder = ApplicationDecoder(schema: simulator.schema, dictionaries: simulator.dictionaries)
    var source = SimulatedSource(simulator, rows: 0..<60, flaws: plan)
    var clean = SimulatedSource(simulator, rows: 0..<60)
    while let record = source.next(), let sound = clean.next() {
      #expect(record.flaw == flaw && record.id == sound.id && record.value != sound.value)
      #expect((record.outcome == nil) == (flaw.rejection != nil))
      var application = Application(schema: simulator.schema)
      var rejection: RejectionClass?
      do throws(Rejection) {
        try Self.decode(record.value, decoder, &application)
      } catch {
        rejection = error.class
      }
      #expect(rejection == flaw.rejection, "\(String(decoding: record.value ?? [], as: UTF8.self))")
      if rejection == nil { try Self.expect(flaw, in: application, not: sound, decoder) }
    }
  }

  static func decode(
    _ value: [UInt8]?,
    _ decoder: ApplicationDecoder,
    _ application: inout Application
  ) throws(Rejection) {
    guard let value else { return try decoder.decode(nil, into: &application) }
    let result: Result<Void, Rejection> = value.withUnsafeBytes { bytes in
      do throws(Rejection) {
        return .success(try decoder.decode(bytes, into: &application))
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  /// What a scored flaw leaves in the application.
  static func expect(
    _ flaw: Flaw,
    in application: Application,
    not sound: OutgoingApplication,
    _ decoder: ApplicationDecoder
  ) throws {
    var original = Application(schema: decoder.schema)
    try decode(sound.value, decoder, &original)
    switch flaw {
    case .unknownField: #expect(application.quality.unknownFieldCount == 1)
    case .unseenCategory: #expect(application.quality.unseenCategory.count == 1)
    case .outOfRange: #expect(application.values.contains(1e300))
    default: #expect(application.quality.missing >= original.quality.missing)
    }
  }

  @Test("Flaws occur as often as planned, at the same records each time")
  func shares() throws {
    let simulator = try Population.simulator()
    let plan = try FlawPlan(shares: [.truncated: 0.05, .nullID: 0.02, .unknownField: 0.1])
    var source = SimulatedSource(simulator, rows: 0..<4000, flaws: plan)
    var again = SimulatedSource(simulator, rows: 0..<4000, flaws: plan)
    var counts: [Flaw: Int] = [:]
    while let record = source.next() {
      #expect(record == again.next())
      if let flaw = record.flaw { counts[flaw, default: 0] += 1 }
    }
    // Four standard deviations about 200, 80 and 400.
    #expect((145...255).contains(counts[.truncated] ?? 0))
    #expect((45...115).contains(counts[.nullID] ?? 0))
    #expect((324...476).contains(counts[.unknownField] ?? 0))
    #expect(counts.count == 3)
  }

  @Test("Shares that make no sense are refused")
  func refusedShares() {
    #expect(throws: SimulationError.self) { try FlawPlan(shares: [.notJSON: -0.1]) }
    #expect(throws: SimulationError.self) { try FlawPlan(shares: [.notJSON: 0.6, .tooDeep: 0.5]) }
    #expect(throws: SimulationError.self) { try FlawPlan(total: 1.5) }
  }

  @Test("Only fields that the reader knows are spoiled")
  func reader() throws {
    let simulator = try Population.simulator()
    let reader = try ApplicationSchema(
      idField: "id",
      fields: [Field(name: "amount", kind: .number)],
      ignoredFields: simulator.schema.fields.map(\.name).filter { $0 != "amount" }
    )
    let decoder = ApplicationDecoder(schema: reader, dictionaries: [nil])
    let plan = try FlawPlan(shares: [.wrongType: 1])
    var source = SimulatedSource(simulator, rows: 0..<40, flaws: plan, reader: reader)
    var application = Application(schema: reader)
    while let record = source.next() {
      let error = try #require(throws: Rejection.self) {
        try Self.decode(record.value, decoder, &application)
      }
      #expect(error.class == .wrongType && error.field == "amount")
    }
    let noCategory = try FlawPlan(shares: [.unseenCategory: 1])
    var sound = SimulatedSource(simulator, rows: 0..<5, flaws: noCategory, reader: reader)
    while let record = sound.next() { #expect(record.flaw == nil) }
  }
}
