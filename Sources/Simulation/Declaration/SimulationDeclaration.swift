/// A population of loan applications, as a file under `Config/simulations` declares it.
///
/// Factors are hidden causes (wealth, risk); fields are what the applications show. Both may depend on each
/// other through expressions, in any order, but not in a circle.
public struct SimulationDeclaration: Sendable, Equatable {
  /// The name of the population.
  public var name: String
  /// Counts the changes of the declaration.
  public var version: Int
  /// The ids of the applications.
  public var id: Identifiers
  /// When the applications arrive.
  public var events: Arrival
  /// Hidden causes by name, in the order of the declaration.
  public var factors: [Variable]
  /// The fields of the applications by name, in the order in which events show them.
  public var fields: [Variable]
  /// Who defaults, and when that is known.
  public var outcome: OutcomeModel

  /// The ids count up.
  public struct Identifiers: Sendable, Equatable, Decodable {
    /// The field that holds the id.
    public var field: String
    /// The id of the first application.
    public var first: Int
  }

  /// The applications arrive evenly, each at a random moment of its share of time.
  public struct Arrival: Sendable, Equatable, Decodable {
    /// The first moment, ISO 8601 with a time zone: `2026-01-05T08:00:00Z`.
    public var start: String
    /// How many applications arrive in an hour.
    public var perHour: Double

    enum CodingKeys: String, CodingKey {
      case start
      case perHour = "per_hour"
    }
  }

  /// The chance of default and the time until the outcome is known.
  public struct OutcomeModel: Sendable, Equatable, Decodable {
    /// The column of a table that holds the label; events never show it.
    public var field: String
    /// The log-odds of default: an expression over factors and fields.
    public var logOdds: Quantity
    /// The fewest and the most days from the application to its outcome.
    public var knownAfterDays: [Double]

    enum CodingKeys: String, CodingKey {
      case field
      case logOdds = "log_odds"
      case knownAfterDays = "known_after_days"
    }
  }

  /// A variable and its name.
  public struct Variable: Sendable, Equatable {
    /// The name, unique in the simulation.
    public var name: String
    /// How it is drawn.
    public var declaration: VariableDeclaration

    /// Names a variable.
    public init(_ name: String, _ declaration: VariableDeclaration) {
      self.name = name
      self.declaration = declaration
    }
  }
}

extension SimulationDeclaration: Decodable {
  private enum Key: String, CodingKey {
    case name = "simulation"
    case version, id, events, factors, fields, outcome
  }

  /// Reads the whole file.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    func variables(_ declared: DeclaredOrder<VariableDeclaration>?) -> [Variable] {
      (declared?.entries ?? []).map { Variable($0.name, $0.value) }
    }
    name = try container.decode(String.self, forKey: .name)
    version = try container.decode(Int.self, forKey: .version)
    id = try container.decode(Identifiers.self, forKey: .id)
    events = try container.decode(Arrival.self, forKey: .events)
    factors = variables(try container.decodeIfPresent(DeclaredOrder.self, forKey: .factors))
    fields = variables(try container.decode(DeclaredOrder.self, forKey: .fields))
    outcome = try container.decode(OutcomeModel.self, forKey: .outcome)
  }
}
