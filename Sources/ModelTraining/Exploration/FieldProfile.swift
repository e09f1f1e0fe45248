public import CreditEvents

/// What a field's values are, and how the outcome goes with them.
public struct FieldProfile: Sendable {
  /// The value that occurs most often.
  public struct MostFrequent: Sendable, Equatable {
    /// The value as text.
    public let text: String
    /// How many rows have it.
    public let count: Int
  }

  /// The tests of whether the outcome depends on the field.
  public struct Association: Sendable, Equatable {
    /// How well the field alone tells the outcome of rows held out.
    public let strength: UnivariateStrength
    /// The information value over the bins, in nats; 0.1 is weak and 0.3 strong by the custom of the trade.
    public let informationValue: Double
    /// The probability of such a difference by chance: Mann and Whitney's for numbers, chi-square for categories.
    public let pValue: Double
    /// The greatest distance of the two distribution functions; `nil` for categories.
    public let kolmogorovSmirnov: Double?
  }

  /// The column's header or the derived feature's name.
  public let name: String
  /// What people call it.
  public let label: String
  /// What its values are.
  public let kind: Field.Kind
  /// What the pipeline makes of it.
  public let role: ExploredField.Role
  /// The expected values.
  public let range: ClosedRange<Double>?
  /// The number of rows.
  public let rowCount: Int
  /// The rows without a value.
  public let missingCount: Int
  /// The different values.
  public let distinctCount: Int
  /// The value that occurs most often; `nil` where all are missing.
  public let mostFrequent: MostFrequent?
  /// Location, spread and tails of a number.
  public let number: NumberSummary?
  /// The values outside the declared range; `nil` where none is declared.
  public let outOfRangeCount: Int?
  /// The extreme value that many rows share though it lies far from all others, as codes for "none" do.
  public let outlyingCode: MostFrequent?
  /// The distribution of a number by outcome.
  public let histogram: OutcomeHistogram?
  /// The default rate over the field's values: for a number ascending, for a category by frequency.
  public let bins: [OutcomeBin]
  /// The default rate where the value is missing; `nil` where it never is.
  public let missingBin: OutcomeBin?
  /// How the outcome goes with the field; `nil` without both outcomes.
  public let association: Association?

  /// The share of rows without a value.
  public var missingShare: Double { Double(missingCount) / Double(max(1, rowCount)) }
  /// The area by which fields are ordered; 0.5 where nothing is known.
  var area: Double { association.map { $0.strength.area.isNaN ? 0.5 : $0.strength.area } ?? 0.5 }
}
