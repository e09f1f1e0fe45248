public import Settings

/// The scenarios of one file.
public struct DriftScenarios: Sendable, Equatable {
  /// The scenarios in the order of the file.
  public var scenarios: [DriftScenario]

  /// Puts scenarios together.
  ///
  /// - Parameter scenarios: The scenarios.
  public init(_ scenarios: [DriftScenario]) { self.scenarios = scenarios }

  /// Reads a file as under `Config/scenarios`.
  ///
  /// - Parameter file: The file.
  /// - Throws: `SettingsError` with file, line and column of every fault.
  public init(file: YAMLFile) throws(SettingsError) {
    self = try file.decode(DriftScenarios.self)
    let problems = scenarios.flatMap(\.problems)
    guard problems.isEmpty else {
      throw SettingsError(problems.map { file.problem(at: $0.path, $0.message) })
    }
  }

  /// A scenario by name.
  ///
  /// - Parameter name: The name.
  /// - Returns: The scenario.
  /// - Throws: ``SimulationError`` `unknownScenario` with the names that there are.
  public func scenario(_ name: String) throws(SimulationError) -> DriftScenario {
    guard let scenario = scenarios.first(where: { $0.name == name }) else {
      throw SimulationError(
        .unknownScenario,
        "there is no scenario \"\(name)\"; choose one of \(scenarios.map(\.name).joined(separator: ", "))"
      )
    }
    return scenario
  }
}

extension DriftScenario {
  /// What is wrong with the declaration by itself.
  var problems: [SimulationProblem] {
    var problems: [SimulationProblem] = []
    func complain(_ path: [String], _ message: String) {
      problems.append(SimulationProblem(path: ["scenarios", name] + path, message: message))
    }
    if case .ramp(let rows) = course, rows < 1 { complain(["ramp"], "a ramp has at least one row") }
    if case .burst(let rows) = course, rows < 1 { complain(["burst"], "a burst has at least one row") }
    if case .season(let rows) = course, rows < 2 { complain(["season"], "a season has at least two rows") }
    if parts.isEmpty { complain(["parts"], "nothing changes; declare at least one part") }
    for (index, part) in parts.enumerated() {
      let path = ["parts", "\(index)"]
      if !(part.share > 0 && part.share <= 1) {
        complain(path + ["share"], "a share is above 0 and at most 1")
      }
      if part.fields.isEmpty, !part.defaults {
        complain(path, "nothing changes; give scale, shift, swap, set, missing or defaults")
      }
      for (field, pair) in part.swap.sorted(by: { $0.key < $1.key }) where Set(pair).count != 2 {
        complain(path + ["swap", field], "name two different categories")
      }
    }
    return problems
  }
}

extension DriftScenarios: Decodable {
  private enum Key: String, CodingKey { case scenarios }

  /// Reads the whole file.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let entries = try container.decode(DeclaredOrder<DriftScenario>.self, forKey: .scenarios).entries
    scenarios = entries.map { name, scenario in
      var scenario = scenario
      scenario.name = name
      return scenario
    }
  }
}

extension DriftScenario: Decodable {
  private enum Key: String, CodingKey { case about, ramp, burst, season, parts }

  /// Reads a scenario; its name stands before it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let courses: [(Key, (Int) -> DriftCourse)] = [
      (.ramp, { .ramp(rows: $0) }), (.burst, { .burst(rows: $0) }), (.season, { .season(rows: $0) }),
    ]
    let declared = courses.filter { container.contains($0.0) }
    guard declared.count <= 1 else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: container.codingPath, debugDescription: "give one of ramp, burst and season")
      )
    }
    self.init(
      name: "",
      about: try container.decode(String.self, forKey: .about),
      course: try declared.first.map { $0.1(try container.decode(Int.self, forKey: $0.0)) } ?? .abrupt,
      parts: try container.decode([DriftPart].self, forKey: .parts)
    )
  }
}

extension DriftPart: Decodable {
  private enum Key: String, CodingKey { case share, scale, shift, swap, set, missing, defaults }

  /// Reads a part.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    share = try container.decodeIfPresent(Double.self, forKey: .share) ?? 1
    scale = try container.decodeIfPresent([String: Double].self, forKey: .scale) ?? [:]
    shift = try container.decodeIfPresent([String: Double].self, forKey: .shift) ?? [:]
    swap = try container.decodeIfPresent([String: [String]].self, forKey: .swap) ?? [:]
    set = try container.decodeIfPresent([String: String].self, forKey: .set) ?? [:]
    missing = try container.decodeIfPresent([String].self, forKey: .missing) ?? []
    defaults = try container.decodeIfPresent(Bool.self, forKey: .defaults) ?? false
  }
}
