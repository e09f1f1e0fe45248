import CreditScoring

extension PolicyDeclaration: Decodable {
  private enum Key: String, CodingKey {
    case version, costs, points, reasons
    case referBand = "refer_band"
    case reasonsMode = "reasons_mode"
    case knockOuts = "knock_outs"
  }

  private enum CostKey: String, CodingKey {
    case missedDefault = "missed_default"
    case refusedGood = "refused_good"
  }

  private enum PointsKey: String, CodingKey {
    case basePoints = "base_points"
    case baseOdds = "base_odds"
    case pointsToDoubleTheOdds = "points_to_double_the_odds"
  }

  /// Reads the `policy` part of a pipeline file; what is not given keeps its default.
  ///
  /// - Parameter decoder: Stands on the mapping under `policy`.
  /// - Throws: `DecodingError` for a value of the wrong kind.
  public init(from decoder: any Decoder) throws {
    self.init()
    let values = try decoder.container(keyedBy: Key.self)
    version = try values.decodeIfPresent(Int.self, forKey: .version) ?? version
    referBand = try values.decodeIfPresent([Double].self, forKey: .referBand) ?? referBand
    knockOuts = try values.decodeIfPresent([KnockOut].self, forKey: .knockOuts) ?? knockOuts
    reasons = try values.decodeIfPresent([String: Reason].self, forKey: .reasons) ?? reasons
    if values.contains(.costs) {
      let given = try values.nestedContainer(keyedBy: CostKey.self, forKey: .costs)
      costs = Policy.Costs(
        missedDefault: try given.decode(Double.self, forKey: .missedDefault),
        refusedGood: try given.decode(Double.self, forKey: .refusedGood)
      )
    }
    if values.contains(.points) {
      let given = try values.nestedContainer(keyedBy: PointsKey.self, forKey: .points)
      points = PointsScale(
        basePoints: try given.decode(Double.self, forKey: .basePoints),
        baseOdds: try given.decode(Double.self, forKey: .baseOdds),
        pointsToDoubleTheOdds: try given.decode(Double.self, forKey: .pointsToDoubleTheOdds)
      )
    }
    if let text = try values.decodeIfPresent(String.self, forKey: .reasonsMode) {
      guard let mode = ReasonsMode(rawValue: text) else {
        throw DecodingError.dataCorruptedError(
          forKey: .reasonsMode,
          in: values,
          debugDescription: "\"\(text)\" is no mode; use non_approve, all or none"
        )
      }
      reasonsMode = mode
    }
  }
}
