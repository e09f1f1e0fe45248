/// One loan application, read: its id and the value of each field by slot.
///
/// A number is itself, a flag 0 or 1, a category its code in the field's ``CategoryDictionary``; an unseen
/// category is ``unseenCategory`` and a missing value NaN. Tables hold many of these, events are decoded into
/// one that is reused.
public struct Application: Sendable {
  /// The value of a category that the dictionary does not hold.
  public static let unseenCategory = -1.0

  /// The application's id, canonical text.
  public var id: String
  /// One value for each field of the schema, by slot; NaN is missing.
  public var values: [Double]
  /// The rows of each table of history, from which the last of the values are computed; empty without any.
  public var history: [HistoryRows]
  /// What was unusual about the input.
  public var quality: DataQuality

  /// Creates an application.
  ///
  /// - Parameters:
  ///   - id: The canonical text of the id.
  ///   - values: One value for each slot.
  ///   - history: The rows of each table of history.
  ///   - quality: What was unusual about the input.
  public init(
    id: String,
    values: [Double],
    history: [HistoryRows] = [],
    quality: DataQuality = DataQuality()
  ) {
    self.id = id
    self.values = values
    self.history = history
    self.quality = quality
  }

  /// Creates an application without an id and with every value missing, to be decoded into.
  public init(schema: ApplicationSchema) {
    self.init(
      id: "",
      values: [Double](repeating: .nan, count: schema.fields.count),
      history: schema.histories.map { HistoryRows($0) }
    )
  }
}
