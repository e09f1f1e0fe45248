/// The names of all metrics, with units and labels; what is not here is not emitted.
///
/// Labels come from closed sets, so that no input can make new time series.
public enum MetricName {
  /// Counter: applications answered in committed transactions, decisions and dead letters together.
  public static let events = "creditstream_events_total"
  /// Counter: decisions; label ``Label/outcome``.
  public static let decisions = "creditstream_decisions_total"
  /// Counter: dead letters; label ``Label/errorClass``.
  public static let deadLetters = "creditstream_dead_letters_total"
  /// Counter: transactions committed.
  public static let transactions = "creditstream_transactions_total"
  /// Counter: transactions aborted; their records are read again.
  public static let aborts = "creditstream_transactions_aborted_total"
  /// Counter: producers given up because they were broken or their transaction's fate unknown.
  public static let producersAbandoned = "creditstream_producers_abandoned_total"
  /// Counter: calls of the client library that failed in passing and were made again.
  public static let retries = "creditstream_retries_total"
  /// Counter: assignments taken from the consumer group.
  public static let rebalances = "creditstream_rebalances_total"
  /// Counter: records that arrived a second time and were dropped.
  public static let repeatedRecords = "creditstream_repeated_records_total"
  /// Counter: partitions that took a new model.
  public static let modelSwitches = "creditstream_model_switches_total"
  /// Counter: partitions that took a new model after records that were due for it had been decided.
  public static let lateModelSwitches = "creditstream_late_model_switches_total"
  /// Counter: announced bundles that were refused; the model before stays in force.
  public static let modelsRefused = "creditstream_models_refused_total"
  /// Gauge: records not read yet in the partitions owned, under the name that operators' tools chart.
  public static let lag = "kafka_consumergroup_group_lag"
  /// Gauge, milliseconds: median from append to commit since the start.
  public static let latencyMedian = "creditstream_latency_p50_milliseconds"
  /// Gauge, milliseconds: 99th percentile from append to commit since the start.
  public static let latencyTail = "creditstream_latency_p99_milliseconds"

  /// The names of labels.
  public enum Label {
    /// approve, refer, decline.
    public static let outcome = "outcome"
    /// The class of a dead letter.
    public static let errorClass = "error_class"
  }
}
