import FeaturePipeline

/// When and on what a model is fitted anew, as the `refresh` part of an experiment file.
public struct RefreshDeclaration: Sendable, Equatable, Decodable {
  /// After how many days a loan's outcome counts as known: younger applications are left out, whatever is known.
  ///
  /// Defaults are known before repayments are; taking an application as soon as anything is known of it would make
  /// young loans look worse than they are.
  public var maturityDays = 365.0
  /// The fewest mature applications with an outcome.
  public var minimumRows = 1_000
  /// The fewest of them that defaulted.
  public var minimumDefaults = 50
  /// After how many hours a model is fitted anew without being asked to; nil means never.
  public var everyHours: Double?

  private enum CodingKeys: String, CodingKey {
    case maturityDays = "maturity_days"
    case minimumRows = "minimum_rows"
    case minimumDefaults = "minimum_defaults"
    case everyHours = "every_hours"
  }

  /// The defaults: a year, a thousand rows, no schedule.
  public init() {}

  /// Reads what is given; the rest keeps its defaults.
  ///
  /// - Parameter decoder: Stands on the mapping under `refresh`.
  /// - Throws: `DecodingError` when a value has the wrong type.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    maturityDays = try values.decodeIfPresent(Double.self, forKey: .maturityDays) ?? maturityDays
    minimumRows = try values.decodeIfPresent(Int.self, forKey: .minimumRows) ?? minimumRows
    minimumDefaults = try values.decodeIfPresent(Int.self, forKey: .minimumDefaults) ?? minimumDefaults
    everyHours = try values.decodeIfPresent(Double.self, forKey: .everyHours)
  }

  /// The maturity in milliseconds.
  var maturityMilliseconds: Int64 { Int64((maturityDays * 86_400_000).rounded()) }

  /// Finds the values that no refresh can have.
  ///
  /// - Returns: The problems with their places in the file.
  func validate() -> [PipelineProblem] {
    let checks: [(name: String, value: Double, range: ClosedRange<Double>)] = [
      ("maturity_days", maturityDays, 0...36_500), ("minimum_rows", Double(minimumRows), 1...1e9),
      ("minimum_defaults", Double(minimumDefaults), 1...1e9), ("every_hours", everyHours ?? 1, 0.01...87_600),
    ]
    return checks.filter { !$0.range.contains($0.value) }.map { check in
      PipelineProblem(
        path: ["refresh", check.name],
        message: "\(check.value) is out of bounds; give a value from \(check.range.lowerBound) to "
          + "\(check.range.upperBound)"
      )
    }
  }
}
