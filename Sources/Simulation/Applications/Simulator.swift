public import CreditEvents
import FeaturePipeline

/// A population of loan applications that can be drawn from, any application at any time.
///
/// Application number n is a pure function of declaration, seed and n, the same on every machine, whatever was
/// drawn before it: rows can be drawn from several threads, and a demonstration can train on the first part
/// and stream the rest. A variable that is changed or added leaves all that does not depend on it as it was,
/// so that a drifted population can be compared with the undrifted one application by application.
public struct Simulator: Sendable {
  /// The name of the simulated population.
  public let name: String
  /// The fields of the simulated applications, in the order of their slots.
  public let schema: ApplicationSchema
  /// The categories of each field by slot; nil where the field has none.
  public let dictionaries: [CategoryDictionary?]
  /// The moment from which applications arrive, in milliseconds since 1970-01-01 UTC.
  public let startMilliseconds: Int64

  let seed: UInt64
  let encoder: ApplicationEncoder
  private let firstID: Int
  private let millisecondsBetweenEvents: Double
  private let variables: [CompiledVariable]
  private let logOdds: Term
  private let knownAfterDays: ClosedRange<Double>
  private let arrivals: UInt64
  private let outcomes: UInt64

  /// Checks a declaration and prepares to draw from it.
  ///
  /// - Parameters:
  ///   - declaration: The population.
  ///   - seed: Chooses one of its 2^64 samples.
  ///   - startMilliseconds: When the applications begin to arrive; the declaration says it by default.
  /// - Throws: ``SimulationError`` with every fault of the declaration.
  public init(
    _ declaration: SimulationDeclaration,
    seed: UInt64,
    startMilliseconds: Int64? = nil
  ) throws(SimulationError) {
    var compiler = SimulationCompiler(declaration, seed: seed)
    let compiled = try compiler.compile()
    let declaredStart = try EventTime.milliseconds(declaration.events.start, ["events", "start"])
    name = declaration.name
    schema = compiled.schema
    dictionaries = compiled.dictionaries
    encoder = compiled.encoder
    variables = compiled.variables
    logOdds = compiled.logOdds
    self.startMilliseconds = startMilliseconds ?? declaredStart
    self.seed = seed
    firstID = declaration.id.first
    millisecondsBetweenEvents = 3_600_000 / declaration.events.perHour
    knownAfterDays = declaration.outcome.knownAfterDays[0]...declaration.outcome.knownAfterDays[1]
    arrivals = RandomStream.source(seed: seed, name: "event/time")
    outcomes = RandomStream.source(seed: seed, name: "event/outcome")
  }

  /// Draws one application.
  ///
  /// - Parameter index: Its number, from 0.
  /// - Returns: The application and what will become of it.
  public func application(_ index: Int) -> SimulatedApplication {
    var row = [Double](repeating: .nan, count: variables.count)
    var shown = [Double](repeating: .nan, count: schema.fields.count)
    let probability = row.withUnsafeMutableBufferPointer { row in
      for variable in variables {
        let (value, isMissing) = variable.draw(index, UnsafeBufferPointer(row))
        row[variable.slot] = value
        // Others depend on the value that the applicant has, not on the one that the form shows.
        if variable.slot < shown.count, !isMissing { shown[variable.slot] = value }
      }
      return PortableMath.sigmoid(logOdds.value(UnsafeBufferPointer(row)))
    }
    var random = RandomStream(source: arrivals, row: index)
    let elapsed = (Double(index) + random.unit()) * millisecondsBetweenEvents
    let eventTime = startMilliseconds + Int64(elapsed)
    random = RandomStream(source: outcomes, row: index)
    let isDefault = random.chance(probability) == 1
    let days =
      knownAfterDays.lowerBound
      + (knownAfterDays.upperBound - knownAfterDays.lowerBound) * random.unit()
    return SimulatedApplication(
      index: index,
      application: Application(id: String(firstID + index), values: shown),
      eventTimeMilliseconds: eventTime,
      probabilityOfDefault: probability,
      outcome: LoanOutcome(
        applicationID: String(firstID + index),
        outcome: isDefault ? .defaulted : .repaid,
        knownAtMilliseconds: eventTime + Int64(days * 86_400_000)
      )
    )
  }
}

/// A simulated application and what nobody knows yet when it arrives.
public struct SimulatedApplication: Sendable {
  /// Its number, from 0.
  public var index: Int
  /// The application, its values by the slots of ``Simulator/schema``.
  public var application: Application
  /// When it arrives, in milliseconds since 1970-01-01 UTC.
  public var eventTimeMilliseconds: Int64
  /// The true chance of default, which no model can see.
  public var probabilityOfDefault: Double
  /// What becomes of the loan.
  public var outcome: LoanOutcome

  /// Whether the client will not repay.
  public var isDefault: Bool { outcome.outcome == .defaulted }
}
