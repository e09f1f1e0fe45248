/// How the risk may depend on a feature, all else being equal.
public enum Monotonicity: String, Sendable, CaseIterable {
  /// The risk never falls as the feature grows.
  case increasing
  /// The risk never rises as the feature grows.
  case decreasing

  /// Reads what stands beside `monotone`.
  ///
  /// - Parameter container: The mapping of a field or a derived feature.
  /// - Returns: The direction; `nil` where none is asked for.
  /// - Throws: A `DecodingError` for another word.
  static func decode(from container: KeyedDecodingContainer<DeclarationKey>) throws -> Monotonicity? {
    guard let word = try container.decodeIfPresent(String.self, forKey: .monotone) else { return nil }
    guard let direction = Monotonicity(rawValue: word) else {
      throw container.refusal(.monotone, "\"\(word)\" is no direction; use increasing or decreasing")
    }
    return direction
  }
}

extension PipelineDeclaration {
  /// The direction that is asked of a feature.
  ///
  /// A direction holds for the feature that carries the value itself: the number, or a category's default rate. An
  /// indicator of missing values stays free.
  ///
  /// - Parameter feature: A feature of a pipeline that was fitted by this declaration.
  /// - Returns: The direction; `nil` where none is asked for.
  public func monotonicity(of feature: Feature) -> Monotonicity? {
    let direction =
      fields.first { $0.name == feature.group }?.monotonicity
      ?? derived.first { $0.name == feature.group }?.monotonicity
      ?? aggregates.first { $0.name == feature.group }?.monotonicity
    let carriesValue = feature.name == feature.group || feature.name == "\(feature.group) default rate"
    return carriesValue ? direction : nil
  }
}
