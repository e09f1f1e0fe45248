/// How the values of one variable are drawn, as declared.
///
/// In YAML it is a mapping with exactly one of the keys below, for example `normal: [0, 1]`,
/// `categories: {Cash: 9, "Revolving": 1}` or `formula: "AMOUNT / TERM"`. Every number may also be an
/// expression over other factors and fields; that is how they come to depend on each other.
public indirect enum DistributionDeclaration: Sendable, Equatable {
  /// `formula`: the value itself, nothing random.
  case formula(Quantity)
  /// `normal: [mean, standard deviation]`.
  case normal(mean: Quantity, deviation: Quantity)
  /// `lognormal: [median, sigma]`: the logarithm is normal with the standard deviation sigma.
  case lognormal(median: Quantity, sigma: Quantity)
  /// `uniform: [low, high]`.
  case uniform(low: Quantity, high: Quantity)
  /// `gamma: [shape, mean]`.
  case gamma(shape: Quantity, mean: Quantity)
  /// `poisson: mean`.
  case poisson(mean: Quantity)
  /// `chance: probability` of a flag being set.
  case chance(Quantity)
  /// `log_odds: margin` of a flag being set.
  case logOdds(Quantity)
  /// `categories: {TEXT: weight, …}`.
  case categories([Weighted<String>])
  /// `point_masses: {NUMBER: weight, …}`.
  case pointMasses([Weighted<Double>])
  /// `mixture: [{weight: w, normal: …}, …]`.
  case mixture([Weighted<DistributionDeclaration>])

  /// One of several cases and how often it occurs in proportion to the others.
  public struct Weighted<Value: Sendable & Equatable>: Sendable, Equatable {
    /// The case.
    public var value: Value
    /// Its weight; the weights need not add up to anything.
    public var weight: Quantity

    /// Creates a case.
    public init(_ value: Value, weight: Quantity) {
      self.value = value
      self.weight = weight
    }
  }
}

extension DistributionDeclaration: Decodable {
  enum Key: String, CodingKey, CaseIterable {
    case formula, normal, lognormal, uniform, gamma, poisson, chance
    case logOdds = "log_odds"
    case categories
    case pointMasses = "point_masses"
    case mixture
  }

  /// Reads the mapping; other keys than those of distributions are left to the caller.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let present = Key.allCases.filter { container.contains($0) }
    guard let key = present.first, present.count == 1 else {
      let names = Key.allCases.map(\.rawValue).joined(separator: ", ")
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: present.isEmpty
            ? "no distribution is given; write one of \(names)"
            : "\(present.map(\.rawValue).joined(separator: " and ")) contradict each other; keep one of them"
        )
      )
    }
    switch key {
    case .formula: self = .formula(try container.decode(Quantity.self, forKey: key))
    case .poisson: self = .poisson(mean: try container.decode(Quantity.self, forKey: key))
    case .chance: self = .chance(try container.decode(Quantity.self, forKey: key))
    case .logOdds: self = .logOdds(try container.decode(Quantity.self, forKey: key))
    case .normal:
      let (mean, deviation) = try container.pair(key, of: "the mean and the standard deviation")
      self = .normal(mean: mean, deviation: deviation)
    case .lognormal:
      let (median, sigma) = try container.pair(key, of: "the median and sigma")
      self = .lognormal(median: median, sigma: sigma)
    case .uniform:
      let (low, high) = try container.pair(key, of: "the lower and the upper end")
      self = .uniform(low: low, high: high)
    case .gamma:
      let (shape, mean) = try container.pair(key, of: "the shape and the mean")
      self = .gamma(shape: shape, mean: mean)
    case .categories:
      let cases = try container.decode(DeclaredOrder<Quantity>.self, forKey: key).entries
      self = .categories(cases.map { Weighted($0.name, weight: $0.value) })
    case .pointMasses:
      let cases = try container.decode(DeclaredOrder<Quantity>.self, forKey: key).entries
      self = .pointMasses(
        try cases.map { name, weight in
          guard let point = Double(name), point.isFinite else {
            throw DecodingError.dataCorrupted(
              .init(
                codingPath: container.codingPath + [key],
                debugDescription: "\(name) is not a number; texts are declared under categories"
              )
            )
          }
          return Weighted(point, weight: weight)
        }
      )
    case .mixture:
      self = .mixture(
        try container.decode([MixtureCase].self, forKey: key).map {
          Weighted($0.distribution, weight: $0.weight)
        }
      )
    }
  }

  private struct MixtureCase: Decodable {
    enum Key: String, CodingKey { case weight }

    let weight: Quantity
    let distribution: DistributionDeclaration

    init(from decoder: any Decoder) throws {
      weight = try decoder.container(keyedBy: Key.self).decode(Quantity.self, forKey: .weight)
      distribution = try DistributionDeclaration(from: decoder)
    }
  }
}

extension KeyedDecodingContainer<DistributionDeclaration.Key> {
  fileprivate func pair(_ key: Key, of meaning: String) throws -> (Quantity, Quantity) {
    let values = try decode([Quantity].self, forKey: key)
    guard values.count == 2 else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: codingPath + [key],
          debugDescription: "\(key.rawValue) takes two numbers, \(meaning), not \(values.count)"
        )
      )
    }
    return (values[0], values[1])
  }
}
