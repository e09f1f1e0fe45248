import FeaturePipeline
import TreeEnsemble

/// What moves the chosen model: exact SHAP values of a sample of rows, summed by field.
///
/// A field's value in a plot is that of its feature with the largest contributions: of a category the one-hot
/// column that matters most.
public struct ExplanationFigures: Sendable, Equatable {
  /// One field or derived feature.
  public struct Field: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// The mean size of its contribution, in log-odds.
    public let meanMagnitude: Double
    /// The fall of the area under the ROC curve when its values are shuffled among held-out rows.
    public let permutation: Double
    /// The feature whose values a plot shows.
    public let plotted: String
  }

  /// One row's value of a field with what it contributed.
  public struct Point: Sendable, Equatable {
    /// The value of the plotted feature; NaN is missing.
    public let value: Float
    /// The field's contribution, in log-odds.
    public let contribution: Double
  }

  /// The fields, largest mean contribution first.
  public let fields: [Field]
  /// The points of the first fields, in the order of ``fields``.
  public let points: [[Point]]
  /// The number of rows that the sample has.
  public let rowCount: Int
  /// How well SHAP and permutation agree on the order of the fields (Spearman).
  public let agreement: Double

  /// Computes contributions.
  ///
  /// - Parameters:
  ///   - ensemble: The model's trees.
  ///   - features: The sample, as the model's pipeline makes features.
  ///   - groups: The field of each feature.
  ///   - permutation: The importance of each field under permutation.
  ///   - plotCount: How many fields have points.
  init(
    _ ensemble: TreeEnsemble,
    _ features: FeatureMatrix,
    groups: [String],
    permutation: [String: Double],
    plotCount: Int = 12
  ) {
    let width = features.columnCount
    var contributions = [Double](repeating: 0, count: features.rowCount * (width + 1))
    features.values.withUnsafeBufferPointer { rows in
      contributions.withUnsafeMutableBufferPointer {
        ensemble.contributions(rows, rowCount: features.rowCount, into: $0)
      }
    }
    var columns: [(name: String, columns: [Int])] = []
    for (column, group) in groups.enumerated() {
      if let place = columns.firstIndex(where: { $0.name == group }) {
        columns[place].columns.append(column)
      } else {
        columns.append((group, [column]))
      }
    }
    func magnitude(_ some: [Int]) -> Double {
      var sum = 0.0
      for row in 0..<features.rowCount {
        sum += some.reduce(0) { $0 + contributions[row * (width + 1) + $1] }.magnitude
      }
      return sum / Double(max(1, features.rowCount))
    }
    let measured = columns.map { name, columns in
      let strongest = columns.max { magnitude([$0]) < magnitude([$1]) } ?? columns[0]
      return (name: name, columns: columns, mean: magnitude(columns), plotted: strongest)
    }.sorted { ($1.mean, $0.name) < ($0.mean, $1.name) }
    fields = measured.map { field in
      Field(
        name: field.name,
        meanMagnitude: field.mean,
        permutation: permutation[field.name] ?? 0,
        plotted: features.names[field.plotted]
      )
    }
    points = measured.prefix(plotCount).map { field in
      (0..<features.rowCount).map { row in
        Point(
          value: features[row, field.plotted],
          contribution: field.columns.reduce(0) { $0 + contributions[row * (width + 1) + $1] }
        )
      }
    }
    rowCount = features.rowCount
    agreement = Self.rankCorrelation(fields.map(\.meanMagnitude), fields.map(\.permutation))
  }

  /// Spearman's correlation: that of the centred ranks.
  private static func rankCorrelation(_ one: [Double], _ other: [Double]) -> Double {
    let ranks = [RankedColumn(one).centred, RankedColumn(other).centred]
    var (product, first, second) = (0.0, 0.0, 0.0)
    for (a, b) in zip(ranks[0], ranks[1]) {
      product += a * b
      first += a * a
      second += b * b
    }
    return first > 0 && second > 0 ? product / (first * second).squareRoot() : 0
  }
}
