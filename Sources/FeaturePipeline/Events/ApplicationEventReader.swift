public import CreditEvents
public import StrictJSON

/// Reads events into applications whose every value is known: what the record says and what is computed of history.
///
/// **Thread:** one at a time; give each worker its own.
public final class ApplicationEventReader {
  private let decoder: ApplicationDecoder
  private var aggregator: HistoryAggregator

  /// Prepares a reader.
  ///
  /// - Parameters:
  ///   - pipeline: The pipeline that the values are for.
  ///   - limits: What an event may cost before it is rejected.
  public convenience init(_ pipeline: FittedPipeline, limits: JSONLimits = .event) {
    self.init(
      schema: pipeline.schema,
      dictionaries: pipeline.dictionaries,
      historyPlan: pipeline.historyPlan,
      limits: limits
    )
  }

  /// Prepares a reader before any pipeline is fitted.
  ///
  /// - Parameters:
  ///   - schema: The fields.
  ///   - dictionaries: The categories of each field by slot; nil where the field has none.
  ///   - historyPlan: What is computed of the client's history.
  ///   - limits: What an event may cost before it is rejected.
  public init(
    schema: ApplicationSchema,
    dictionaries: [CategoryDictionary?],
    historyPlan: HistoryPlan,
    limits: JSONLimits = .event
  ) {
    decoder = ApplicationDecoder(schema: schema, dictionaries: dictionaries, limits: limits)
    aggregator = HistoryAggregator(historyPlan)
  }

  /// Reads one event.
  ///
  /// - Parameters:
  ///   - value: The record's value; nil for a tombstone.
  ///   - application: Receives id, values, history and data quality; holds nothing of use when this throws.
  /// - Throws: `Rejection` when the event can have no decision; its message does not quote the event.
  /// - Complexity: O(bytes + rows · aggregates), no allocation for a clean event when warm.
  public func read(_ value: UnsafeRawBufferPointer?, into application: inout Application) throws(Rejection) {
    try decoder.decode(value, into: &application)
    aggregator.run(&application.history, into: &application.values)
  }

  /// Reads one application out of a document that holds several.
  ///
  /// - Parameters:
  ///   - json: The application's object, lent by a parser that has refused what is not JSON or beyond the limits.
  ///   - application: Receives id, values, history and data quality; holds nothing of use when this throws.
  /// - Throws: `Rejection` when the application can have no decision.
  public func read(_ json: JSONValue, into application: inout Application) throws(Rejection) {
    try decoder.decode(json, into: &application)
    aggregator.run(&application.history, into: &application.values)
  }
}
