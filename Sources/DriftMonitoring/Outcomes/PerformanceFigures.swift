import CreditEvents

/// What a model was worth on a cohort: what its probabilities promised, and what became of those whose outcome is known.
///
/// The promise is confidence-based performance estimation: were each application to default with its calibrated
/// probability, this is the area that one would see. It needs no outcome, and it cannot see a change in what leads to
/// default, since it takes the probabilities at their word.
public struct PerformanceFigures: Sendable, Equatable {
  /// One decision.
  struct Row: Sendable, Equatable {
    var time: Int64
    var probability: Double
    var outcome: Decision.Outcome
    var costRatio: Double
    var hasDefaulted: Bool?
  }

  /// Decisions of the cohort.
  public let decisions: Int
  /// Those whose outcome is known.
  public let outcomes: Int
  /// Those of them that defaulted.
  public let defaults: Int
  /// The area under the ROC that the probabilities promise of all decisions; NaN for less than two.
  public let estimatedArea: Double
  /// The same of those whose outcome is known.
  public let promisedArea: Double
  /// The area that was seen; NaN while there are not both outcomes.
  public let realisedArea: Double
  /// The mean probability of those whose outcome is known.
  public let meanProbability: Double
  /// The mean squared error of their probabilities.
  public let brierScore: Double
  /// What their decisions cost each, in units of a good client refused; referred ones count as approved.
  public let costPerApplication: Double
  /// What the probabilities promised that they would cost.
  public let promisedCost: Double
  /// The variance of the number of defaults that the probabilities promise.
  let defaultVariance: Double

  /// Computes the figures of a cohort.
  ///
  /// - Parameter rows: Its decisions, in an order that does not change.
  /// - Complexity: O(n log n).
  init(_ rows: [Row]) {
    let known = rows.filter { $0.hasDefaulted != nil }
    let count = Double(known.count)
    decisions = rows.count
    outcomes = known.count
    defaults = known.count { $0.hasDefaulted == true }
    estimatedArea = Self.area(rows.map { ($0.probability, $0.probability) })
    promisedArea = Self.area(known.map { ($0.probability, $0.probability) })
    realisedArea = Self.area(known.map { ($0.probability, $0.hasDefaulted == true ? 1 : 0) })
    var (mean, squares, cost, promise, variance) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for row in known {
      let defaulted = row.hasDefaulted == true ? 1.0 : 0
      mean += row.probability
      squares += (row.probability - defaulted) * (row.probability - defaulted)
      variance += row.probability * (1 - row.probability)
      if row.outcome == .decline {
        cost += 1 - defaulted
        promise += 1 - row.probability
      } else {
        cost += row.costRatio * defaulted
        promise += row.costRatio * row.probability
      }
    }
    meanProbability = mean / count
    brierScore = squares / count
    costPerApplication = cost / count
    promisedCost = promise / count
    defaultVariance = variance
  }

  /// Gini's coefficient that was seen: 2 × area − 1.
  public var gini: Double { 2 * realisedArea - 1 }
  /// The share of those with a known outcome that defaulted.
  public var defaultRate: Double { Double(defaults) / Double(outcomes) }
  /// How many standard errors the number of defaults lies above what was promised; negative below.
  public var calibrationError: Double {
    (Double(defaults) - meanProbability * Double(outcomes)) / defaultVariance.squareRoot()
  }

  /// The standard error of an area over so many defaults and others.
  ///
  /// Hanley and McNeil, "The meaning and use of the area under a ROC curve", Radiology 143, 1982.
  ///
  /// - Parameters:
  ///   - area: The area.
  ///   - positives: Defaults, at least 1.
  ///   - negatives: Others, at least 1.
  /// - Returns: The standard error.
  static func standardError(_ area: Double, positives: Double, negatives: Double) -> Double {
    let both = area / (2 - area)
    let square = area * area
    let twice = 2 * square / (1 + area)
    let variance =
      (area * (1 - area) + (positives - 1) * (both - square) + (negatives - 1) * (twice - square))
      / (positives * negatives)
    return max(0, variance).squareRoot()
  }

  /// The share of pairs of a default and another one that the probability puts in order; ties count half.
  ///
  /// - Parameter rows: For each its probability and how much of it is a default, 0...1.
  /// - Returns: The area, NaN without a pair.
  private static func area(_ rows: [(probability: Double, weight: Double)]) -> Double {
    let sorted = rows.sorted { $0.probability < $1.probability }
    var (below, pairs, positives, negatives) = (0.0, 0.0, 0.0, 0.0)
    var first = 0
    while first < sorted.count {
      var end = first
      var (positive, negative) = (0.0, 0.0)
      while end < sorted.count, sorted[end].probability == sorted[first].probability {
        positive += sorted[end].weight
        negative += 1 - sorted[end].weight
        end += 1
      }
      pairs += positive * (below + negative / 2)
      below += negative
      positives += positive
      negatives += negative
      first = end
    }
    return pairs / (positives * negatives)
  }
}
