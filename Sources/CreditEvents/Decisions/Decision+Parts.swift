extension Decision {
  /// From which probability of default on an application is referred and declined.
  public struct Thresholds: Sendable, Equatable {
    /// At this probability and above a person decides, at least.
    public var referFrom: Double
    /// At this probability and above the application is declined.
    public var declineFrom: Double
    /// What a missed default costs, in refused good clients; the thresholds come from it.
    public var costRatio: Double

    /// Creates the thresholds.
    public init(referFrom: Double, declineFrom: Double, costRatio: Double) {
      self.referFrom = referFrom
      self.declineFrom = declineFrom
      self.costRatio = costRatio
    }
  }

  /// One factor that was scored and raised the risk.
  public struct Reason: Sendable, Equatable {
    /// The reason's code; its texts in every language stand in the bundle's policy.
    public var code: String
    /// The raw fields behind it: one, or those from which a derived feature is computed.
    public var fields: [String]
    /// Its share of the margin: an exact SHAP value, summed over all features of the factor.
    public var contribution: Double

    /// Creates a reason.
    public init(code: String, fields: [String], contribution: Double) {
      self.code = code
      self.fields = fields
      self.contribution = contribution
    }
  }

  /// What was unusual about the record, fields by name.
  public struct Quality: Sendable, Equatable {
    /// The number of fields without a value, protected ones not counted.
    public var missing: Int
    /// The fields whose category the model has never seen.
    public var unseenCategory: [String]
    /// The fields whose number lies outside the declared range.
    public var outOfRange: [String]
    /// The number of fields that the pipeline does not declare.
    public var unknownFieldCount: Int
    /// The names of the first of them, each cut to 64 bytes.
    public var unknownFields: [String]

    /// Creates a record of deviations; without arguments that of a perfect application.
    public init(
      missing: Int = 0,
      unseenCategory: [String] = [],
      outOfRange: [String] = [],
      unknownFieldCount: Int = 0,
      unknownFields: [String] = []
    ) {
      self.missing = missing
      self.unseenCategory = unseenCategory
      self.outOfRange = outOfRange
      self.unknownFieldCount = unknownFieldCount
      self.unknownFields = unknownFields
    }

    /// Names the slots of an application's deviations.
    ///
    /// - Parameters:
    ///   - quality: The deviations by slot.
    ///   - schema: The schema of the slots.
    public init(_ quality: DataQuality, schema: ApplicationSchema) {
      missing = quality.missing
      unseenCategory = quality.unseenCategory.map { schema.fields[$0].name }
      outOfRange = quality.outOfRange.map { schema.fields[$0].name }
      unknownFieldCount = quality.unknownFieldCount
      unknownFields = quality.unknownFields
    }
  }
}

/// What names a model bundle.
public struct ModelIdentity: Sendable, Hashable {
  /// The model's name, the first folder of the bundle's path.
  public var name: String
  /// The version, the second folder.
  public var version: String
  /// The SHA-256 over the files that decide, 64 lower-case hexadecimal digits.
  public var sha256: String

  /// Creates an identity.
  public init(name: String, version: String, sha256: String) {
    self.name = name
    self.version = version
    self.sha256 = sha256
  }
}

/// What names a feature pipeline.
public struct PipelineIdentity: Sendable, Hashable {
  /// The name in the pipeline's declaration.
  public var name: String
  /// The version in the pipeline's declaration.
  public var version: Int

  /// Creates an identity.
  public init(name: String, version: Int) {
    self.name = name
    self.version = version
  }
}
