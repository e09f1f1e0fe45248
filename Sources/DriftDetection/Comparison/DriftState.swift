/// What a drift report is made from: a reference, merged counts, and what was noted along the way.
///
/// A plain value that a comparison of two files and a monitor of a stream fill alike. All that a report shows follows
/// from it; sections without material do not appear.
public struct DriftState: Sendable, Equatable {
  /// What a feature of the reference is to the model.
  public enum Role: String, Sendable, CaseIterable {
    /// The model's margin.
    case score
    /// What the policy answers.
    case decision
    /// What became of the loan.
    case outcome
    /// A raw field.
    case field
    /// A raw field that the model must not see.
    case protected
    /// A feature computed by a formula.
    case derived
    /// Another input of the model.
    case input

    /// Whether the feature is a result of the model or of the loan and not something about the applicant.
    public var isResult: Bool { self == .score || self == .decision || self == .outcome }
  }

  /// What the counts of a feature do not say about it.
  public struct Column: Sendable, Equatable {
    /// What the feature is to the model.
    public var role: Role
    /// What people call it, or empty.
    public var label: String
    /// The name of each code of a category's dictionary; empty for a number.
    public var categories: [String]
    /// Measures that need the rows themselves, where they are at hand.
    public var rows: RowMeasures?

    /// Describes a feature.
    ///
    /// - Parameters:
    ///   - role: What the feature is to the model.
    ///   - label: What people call it, or empty.
    ///   - categories: The name of each code of a category's dictionary.
    ///   - rows: Measures that need the rows themselves.
    public init(role: Role, label: String = "", categories: [String] = [], rows: RowMeasures? = nil) {
      self.role = role
      self.label = label
      self.categories = categories
      self.rows = rows
    }
  }

  /// Where rows come from.
  public struct Sample: Sendable, Equatable {
    /// What the rows are called: a file, or a stretch of time.
    public var name: String
    /// How many there are.
    public var rowCount: UInt64

    /// Names a sample.
    ///
    /// - Parameters:
    ///   - name: What the rows are called.
    ///   - rowCount: How many there are.
    public init(name: String, rowCount: UInt64) {
      self.name = name
      self.rowCount = rowCount
    }
  }

  /// A part of the current rows, for the course of things.
  public struct Window: Sendable, Equatable {
    /// What the part is called: a date, or the numbers of rows.
    public var name: String
    /// What was counted in it.
    public var counts: WindowCounts

    /// Names a part.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - counts: What was counted in it.
    public init(name: String, counts: WindowCounts) {
      self.name = name
      self.counts = counts
    }
  }

  /// The pipeline's name.
  public var pipeline: String
  /// The model's name and version, where one is at hand.
  public var model: String?
  /// Where the reference comes from.
  public var reference: Sample
  /// Where the current rows come from.
  public var current: Sample
  /// The reference.
  public var profile: ReferenceProfile
  /// What is known of each feature of the reference, in its order.
  public var columns: [Column]
  /// The current rows.
  public var counts: WindowCounts
  /// Their parts in order; none where there is no course to show.
  public var windows: [Window] = []
  /// What the sequential detector found in the current rows, and what it was told; nil where it did not run.
  public var detection: DetectionSummary?
  /// What happened to alerts, the latest last.
  public var alerts: [AlertNote] = []
  /// What was checked about the data beside their distributions.
  public var quality: [QualityNote] = []
  /// How well the model does, measured or estimated.
  public var performance: [PerformanceNote] = []
  /// What Evidently would say of the same rows.
  public var evidently: EvidentlyVerdicts?
  /// What the reader should know about the data: a small reference, a feature that could not be compared.
  public var remarks: [String] = []

  /// Puts together what every report needs; the rest is added where it is known.
  ///
  /// - Parameters:
  ///   - pipeline: The pipeline's name.
  ///   - model: The model's name and version.
  ///   - reference: Where the reference comes from.
  ///   - current: Where the current rows come from.
  ///   - profile: The reference.
  ///   - columns: What is known of each feature of the reference, in its order.
  ///   - counts: The current rows.
  /// - Precondition: One column per feature, and counts of the same reference.
  public init(
    pipeline: String,
    model: String? = nil,
    reference: Sample,
    current: Sample,
    profile: ReferenceProfile,
    columns: [Column],
    counts: WindowCounts
  ) {
    precondition(columns.count == profile.features.count, "one column per feature of the reference")
    precondition(counts.counts.count == profile.slotCount, "a window of another reference")
    self.pipeline = pipeline
    self.model = model
    self.reference = reference
    self.current = current
    self.profile = profile
    self.columns = columns
    self.counts = counts
  }
}
