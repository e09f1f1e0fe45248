public import DriftDetection
import FeaturePipeline

/// Compares two samples in every measure: the state that a report is made from.
public struct DriftComparison: Sendable {
  private static let leastWindowRows = 200

  private let reference: ComparedSample
  private let current: ComparedSample
  private let options: ComparisonOptions

  /// Prepares to compare.
  ///
  /// - Parameters:
  ///   - reference: What is compared with.
  ///   - current: What is compared, read under the reference's codes.
  ///   - options: How.
  public init(reference: ComparedSample, current: ComparedSample, options: ComparisonOptions) {
    // Outcomes are compared only where both sides know them, and fields where both have them.
    let names = Set(reference.columns.map(\.observed.name))
      .intersection(current.columns.map(\.observed.name))
    func common(_ sample: ComparedSample) -> ComparedSample {
      var sample = sample
      sample.columns = sample.columns.filter { names.contains($0.observed.name) }
      return sample
    }
    self.reference = common(reference)
    self.current = common(current)
    self.options = options
  }

  /// Two random halves of one sample: what a comparison shows when nothing has changed.
  ///
  /// - Parameters:
  ///   - sample: The rows.
  ///   - seed: Chooses the halves.
  /// - Returns: A reference and a current sample.
  public static func halves(
    of sample: ComparedSample,
    seed: UInt64
  ) -> (reference: ComparedSample, current: ComparedSample) {
    var rows = Array(0..<sample.rowCount)
    var generator = SeededGenerator(seed: seed)
    generator.shuffle(&rows)
    let middle = sample.rowCount / 2
    return (
      sample.subset(rows: Array(rows[..<middle]), name: "one random half of \(sample.name)"),
      sample.subset(rows: Array(rows[middle...]), name: "the other half")
    )
  }

  /// Compares.
  ///
  /// - Parameters:
  ///   - pipeline: The pipeline's name.
  ///   - model: The model's name and version.
  ///   - progress: Receives the share of the work that is done and what is done now.
  /// - Returns: What a report is made from.
  /// - Throws: ``DriftError`` when a sample has no rows.
  public func state(
    pipeline: String,
    model: String? = nil,
    progress: (Double, String) -> Void = { _, _ in }
  ) throws(DriftError) -> DriftState {
    progress(0, "counting")
    let columns = reference.columns.map(\.observed)
    let profile = try ReferenceProfile(columns: columns)
    let counter = EventCounter(profile: profile)
    let observed = current.columns.map(\.observed)
    func counts(_ rows: Range<Int>) -> WindowCounts {
      var window = WindowCounts(slotCount: profile.slotCount)
      counter.count(rows, of: observed, into: &window)
      return window
    }
    var described: [DriftState.Column] = []
    for index in columns.indices {
      progress(0.1 + 0.7 * Double(index) / Double(columns.count), columns[index].name)
      described.append(column(index))
    }
    var state = DriftState(
      pipeline: pipeline,
      model: model,
      reference: .init(name: reference.name, rowCount: UInt64(reference.rowCount)),
      current: .init(name: current.name, rowCount: UInt64(current.rowCount)),
      profile: profile,
      columns: described,
      counts: counts(0..<current.rowCount)
    )
    state.windows = windows.map { rows in
      DriftState.Window(
        name: rows.lowerBound == 0
          ? "first \(rows.count) rows" : "rows \(rows.lowerBound + 1) to \(rows.upperBound)",
        counts: counts(rows)
      )
    }
    progress(0.8, "detecting")
    let step = options.tolerance.stepEvents
    state.detection = try DetectionSummary(
      stride(from: 0, to: current.rowCount, by: step).lazy.map {
        counts($0..<min(current.rowCount, $0 + step))
      },
      profile: profile,
      features: Array(columns.indices),
      tolerance: options.tolerance
    )
    if options.hasEvidently {
      progress(0.9, "as Evidently sees it")
      state.evidently = evidently
    }
    let checks = QualityChecks(reference: reference, current: current)
    state.quality = checks.notes
    state.remarks = scoreRemark(state) + checks.remarks
    progress(1, "\(columns.count) fields")
    return state
  }

  /// How far the mean margin has moved, and how much of it the distributions of the fields explain.
  private func scoreRemark(_ state: DriftState) -> [String] {
    guard let score = reference.columns.firstIndex(where: { $0.role == .score }) else { return [] }
    let before = Moments(of: reference.columns[score].observed.values.filter { $0 == $0 }).mean
    let now = Moments(of: current.columns[score].observed.values.filter { $0 == $0 }).mean
    let explained = ScoreShift(profile: state.profile, window: state.counts).total
    func text(_ value: Double) -> String { "\((value * 10_000).rounded() / 10_000)" }
    return [
      "The mean log-odds of default moved from \(text(before)) to \(text(now)), by \(text(now - before)); the "
        + "distributions of the fields, each by itself, explain \(text(explained))."
    ]
  }

  private func column(_ index: Int) -> DriftState.Column {
    let (before, now) = (reference.columns[index].observed, current.columns[index].observed)
    // The names of the current side are those of the reference with the new ones after them.
    return DriftState.Column(
      role: reference.columns[index].role,
      label: reference.columns[index].label,
      categories: now.categories,
      rows: before.kind == .number ? RowMeasures(reference: before.values, current: now.values) : nil
    )
  }

  /// The parts of the current rows in the order of the file.
  private var windows: [Range<Int>] {
    let count = min(options.windowCount, current.rowCount / Self.leastWindowRows)
    guard count > 1 else { return [] }
    return (0..<count).map { part in
      part * current.rowCount / count..<(part + 1) * current.rowCount / count
    }
  }

  /// Evidently's verdicts on what a table has: fields and scores, without formulas and decisions.
  private var evidently: EvidentlyVerdicts {
    EvidentlyVerdicts(
      columns: reference.columns.indices.compactMap { index in
        let column = reference.columns[index]
        guard [.score, .field, .protected, .outcome].contains(column.role) else { return nil }
        let kind: EvidentlyColumn.Kind = column.observed.kind == .number ? .number : .category
        let judged = EvidentlyColumn(
          kind,
          reference: column.observed.values,
          current: current.columns[index].observed.values
        )
        return EvidentlyVerdicts.Column(name: column.observed.name, verdict: judged.verdict())
      }
    )
  }
}
