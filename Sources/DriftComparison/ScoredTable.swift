import CreditEvents
import CreditScoring
import DriftDetection
import FeaturePipeline
import TreeEnsemble

/// What a model makes of a table: margins, decisions, and what each field contributed.
struct ScoredTable {
  private static let rowsAtATime = 2_000

  private var margins: [Double] = []
  private var decisions: [Double] = []
  /// By group, then by row.
  private var contributions: [[Double]]
  private let groups: [String]

  /// Scores a table.
  ///
  /// - Throws: `PipelineError` when the table's fields are not those of the model's pipeline; `Rejection` when the
  ///   model gives no usable figures.
  init(_ table: ApplicationTable, model: ScoringModel, progress: (Double) -> Void) throws {
    let matrix = try model.pipeline.transform(table)
    let recoded = table.recoded(to: model.pipeline.dictionaries)
    let scorer = ApplicationScorer(model: model, reasons: ReasonsMode.none)
    var groups: [String] = []
    let groupOfFeature = model.pipeline.features.map { feature in
      if let group = groups.firstIndex(of: feature.group) { return group }
      groups.append(feature.group)
      return groups.count - 1
    }
    self.groups = groups
    contributions = groups.map { _ in [] }
    let outcomes = Decision.Outcome.allCases
    let width = matrix.columnCount
    var sums = [Double](repeating: 0, count: Self.rowsAtATime * (groups.count + 1))
    for start in stride(from: 0, to: table.rowCount, by: Self.rowsAtATime) {
      let end = min(table.rowCount, start + Self.rowsAtATime)
      for row in start..<end {
        let assessment = try scorer.assess(recoded.application(at: row))
        margins.append(Double(assessment.margin))
        decisions.append(outcomes.firstIndex(of: assessment.outcome).map(Double.init) ?? .nan)
      }
      matrix.values.withUnsafeBufferPointer { values in
        sums.withUnsafeMutableBufferPointer { sums in
          model.ensemble.contributions(
            UnsafeBufferPointer(rebasing: values[start * width..<end * width]),
            rowCount: end - start,
            groups: FeatureGroups(groupOfFeature: groupOfFeature),
            into: sums
          )
        }
      }
      for row in 0..<end - start {
        for group in groups.indices {
          contributions[group].append(sums[row * (groups.count + 1) + group])
        }
      }
      progress(Double(end) / Double(table.rowCount))
    }
  }

  /// Margin and decision as columns.
  var results: [ComparedSample.Column] {
    [
      .init(
        observed: ObservedColumn(name: SampleReader.scoreName, kind: .number, values: margins),
        role: .score,
        label: ""
      ),
      .init(
        observed: ObservedColumn(
          name: SampleReader.decisionName,
          kind: .category(names: Decision.Outcome.allCases.map(\.rawValue)),
          values: decisions
        ),
        role: .decision,
        label: ""
      ),
    ]
  }

  /// The columns with what each contributed to the margin, where the model uses it.
  func addingContributions(to columns: [ComparedSample.Column]) -> [ComparedSample.Column] {
    columns.map { column in
      guard let group = groups.firstIndex(of: column.observed.name), column.role != .outcome else {
        return column
      }
      var column = column
      column.observed = ObservedColumn(
        name: column.observed.name,
        kind: column.observed.kind,
        values: column.observed.values,
        contributions: contributions[group]
      )
      return column
    }
  }
}
