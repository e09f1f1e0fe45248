import CreditEvents
import CreditScoring
import FeaturePipeline
import Reports

/// How one group of clients fares with the chosen model, out of fold; watched, never optimised.
public struct FairnessFigures: Sendable, Equatable {
  /// A rate with its interval at 95 % (Wilson).
  public struct Rate: Sendable, Equatable {
    /// The rate; NaN for no rows.
    public let value: Double
    /// The lower end.
    public let lower: Double
    /// The upper end.
    public let upper: Double

    init(_ count: Int, of total: Int) {
      let interval = WilsonInterval(count: count, of: total)
      value = Double(count) / Double(total)
      (lower, upper) = (interval.lower, interval.upper)
    }
  }

  /// One group.
  public struct Group: Sendable, Equatable {
    /// The group's name.
    public let name: String
    /// The number of rows.
    public let rowCount: Int
    /// The share that is approved.
    public let approval: Rate
    /// The share that defaults.
    public let defaults: Rate
    /// The share of those who would have repaid that is declined.
    public let refusedGood: Rate
    /// The share of those who defaulted that is not declined.
    public let missedDefaults: Rate
    /// The approval rate in relation to that of the group approved most often: the disparate impact ratio.
    public let impact: Double
    /// The lower end of the ratio's interval at 95 % (Katz 1978); NaN for the reference group itself.
    public let impactLower: Double
    /// The upper end of the ratio's interval at 95 %; NaN for the reference group itself.
    public let impactUpper: Double
  }

  /// The field whose groups these are.
  public let field: String
  /// The groups with rows, in the order of their names or edges.
  public let groups: [Group]

  /// The fewest rows of a group that may be the one others are compared with.
  static let leastReference = 100

  /// Counts decisions by group.
  ///
  /// - Parameters:
  ///   - field: The field.
  ///   - names: The group of each row; nil where it is not known.
  ///   - order: The groups in their order.
  ///   - outcomes: What was decided on each row.
  ///   - targets: Whether each row defaulted.
  init(field: String, names: [String?], order: [String], outcomes: [Decision.Outcome], targets: [Bool]) {
    let counted = order.map { name in (name: name, rows: names.indices.filter { names[$0] == name }) }
      .filter { !$0.rows.isEmpty }
    func approved(_ rows: [Int]) -> Int { rows.count { outcomes[$0] == .approve } }
    let reference =
      counted.filter { $0.rows.count >= Self.leastReference }
      .max {
        Double(approved($0.rows)) / Double($0.rows.count) < Double(approved($1.rows)) / Double($1.rows.count)
      }
      ?? counted.max { $0.rows.count < $1.rows.count }
    self.field = field
    groups = counted.map { name, rows in
      let good = rows.filter { !targets[$0] }
      let bad = rows.filter { targets[$0] }
      let others = reference?.rows ?? rows
      let ratio = Self.ratio(approved(rows), rows.count, approved(others), others.count)
      let isReference = name == reference?.name
      return Group(
        name: name,
        rowCount: rows.count,
        approval: Rate(approved(rows), of: rows.count),
        defaults: Rate(bad.count, of: rows.count),
        refusedGood: Rate(good.count { outcomes[$0] == .decline }, of: good.count),
        missedDefaults: Rate(bad.count { outcomes[$0] != .decline }, of: bad.count),
        impact: ratio.value,
        impactLower: isReference ? .nan : ratio.lower,
        impactUpper: isReference ? .nan : ratio.upper
      )
    }
  }

  /// The ratio of two rates with the interval of its logarithm.
  private static func ratio(_ one: Int, _ oneOf: Int, _ other: Int, _ otherOf: Int) -> (
    value: Double, lower: Double, upper: Double
  ) {
    let value = (Double(one) / Double(oneOf)) / (Double(other) / Double(otherOf))
    guard one > 0, other > 0 else { return (value, .nan, .nan) }
    let variance = 1 / Double(one) - 1 / Double(oneOf) + 1 / Double(other) - 1 / Double(otherOf)
    let reach = PortableMath.exp(WilsonInterval.normalQuantile * max(0, variance).squareRoot())
    return (value, value / reach, value * reach)
  }
}

extension FairnessFigures {
  /// The groups that a declared field puts rows into.
  ///
  /// - Parameters:
  ///   - group: The declared field, with the edges of a number.
  ///   - table: The rows.
  ///   - declaration: The pipeline, for derived features.
  /// - Returns: The group of each row, and all groups in order.
  /// - Throws: `PipelineError` for a formula that does not fit.
  static func names(
    _ group: ExperimentDeclaration.Group,
    in table: ApplicationTable,
    of declaration: PipelineDeclaration
  ) throws(PipelineError) -> (names: [String?], order: [String]) {
    if let slot = table.schema.slot(of: group.field), let dictionary = table.dictionaries[slot] {
      let names = table.columns[slot].map { code in
        code >= 0 && Int(code) < dictionary.categories.count ? dictionary.categories[Int(code)] : nil
      }
      return (names, dictionary.categories.sorted())
    }
    var values: [Double] = []
    if let slot = table.schema.slot(of: group.field) {
      values = table.columns[slot]
    } else if let place = declaration.derived.firstIndex(where: { $0.name == group.field }) {
      values = try table.columns(of: declaration.derived)[place]
    }
    let edges = group.edges.sorted()
    guard !edges.isEmpty else {
      let isFlag = values.allSatisfy { $0.isNaN || $0 == 0 || $0 == 1 }
      let order =
        isFlag ? ["no", "yes"] : Set(values.filter { !$0.isNaN }).sorted().map { NumberText.short($0) }
      let names = values.map { value -> String? in
        value.isNaN ? nil : isFlag ? (value == 1 ? "yes" : "no") : NumberText.short(value)
      }
      return (names, order)
    }
    let texts = edges.map { NumberText.short($0) }
    let order =
      ["below \(texts[0])"]
      + zip(texts, texts.dropFirst()).map { "\($0) to \($1)" } + ["\(texts[texts.count - 1]) and more"]
    return (values.map { value in value.isNaN ? nil : order[edges.count { $0 <= value }] }, order)
  }
}
