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

  /// Counter: requests answered over HTTP; labels ``Label/route`` and ``Label/status``.
  public static let httpRequests = "creditstream_http_requests_total"
  /// Counter: requests refused with a problem document; label ``Label/problem``.
  public static let httpProblems = "creditstream_http_problems_total"
  /// Histogram, seconds: from the end of a request's head to its answer; label ``Label/route``.
  public static let httpDuration = "creditstream_http_request_duration_seconds"
  /// Counter: bytes of request bodies read.
  public static let httpRequestBytes = "creditstream_http_request_bytes_total"
  /// Counter: bytes of response bodies written, before compression.
  public static let httpResponseBytes = "creditstream_http_response_bytes_total"
  /// Counter: connections accepted.
  public static let httpConnections = "creditstream_http_connections_total"
  /// Gauge: connections open now.
  public static let httpOpenConnections = "creditstream_http_open_connections"
  /// Counter: answers that were sent again for an idempotency key.
  public static let httpReplays = "creditstream_http_replays_total"
  /// Counter: key files read after a change; label ``Label/result``.
  public static let keyReloads = "creditstream_key_reloads_total"
  /// Counter: admin actions carried out; label ``Label/action``.
  public static let adminActions = "creditstream_admin_actions_total"
  /// Counter: decisions that the brokers acknowledged for the HTTP API.
  public static let journalRecords = "creditstream_journal_records_total"
  /// Counter: decisions that the brokers did not acknowledge in time; their requests were refused.
  public static let journalFailures = "creditstream_journal_failures_total"
  /// Gauge: 1 for the model in force; labels ``Label/name``, ``Label/version`` and ``Label/sha256``.
  public static let modelInfo = "creditstream_model_info"
  /// Gauge: 1 when requests can be decided, as `/health/ready` says.
  public static let ready = "creditstream_ready"

  /// Counter: reports of counts that the drift monitor read; label ``Label/result``.
  public static let driftPartials = "creditstream_drift_partials_total"
  /// Counter: offsets of applications that no report of counts covers.
  public static let driftMissingOffsets = "creditstream_drift_missing_offsets_total"
  /// Gauge: events of the window that the drift gauges describe; labels ``Label/name`` and ``Label/version``, as all of these.
  public static let driftWindowEvents = "creditstream_drift_window_events"
  /// Gauge: events counted after their time block was done.
  public static let driftLateEvents = "creditstream_drift_late_events"
  /// Gauge: population stability index of the window; also label ``Label/feature``.
  public static let driftStability = "creditstream_drift_psi"
  /// Gauge: the index that chance alone exceeds in 5 of 100 such windows; also label ``Label/feature``.
  public static let driftNoise = "creditstream_drift_psi_noise"
  /// Gauge: share of missing values; also label ``Label/feature``.
  public static let driftMissingShare = "creditstream_drift_missing_ratio"
  /// Gauge: share of values that were never seen at training; also label ``Label/feature``.
  public static let driftUnseenShare = "creditstream_drift_unseen_ratio"
  /// Gauge: share of the watched features that are in alarm.
  public static let driftFeatureShare = "creditstream_drift_drifted_features_ratio"
  /// Gauge, log-odds: what moved features explain of the shift of the mean margin.
  public static let driftScoreShift = "creditstream_drift_score_shift_log_odds"
  /// Gauge: open alerts; also label ``Label/severity``.
  public static let driftOpenAlerts = "creditstream_drift_open_alerts"

  /// The names of labels.
  public enum Label {
    /// approve, refer, decline.
    public static let outcome = "outcome"
    /// The class of a dead letter.
    public static let errorClass = "error_class"
    /// A route of the HTTP API, as the contract writes it.
    public static let route = "route"
    /// The status of an HTTP response.
    public static let status = "status"
    /// The code of a problem document.
    public static let problem = "problem"
    /// accepted, refused; of counts: counted, duplicate, straddles, unwatched, unreadable.
    public static let result = "result"
    /// activate, roll_back.
    public static let action = "action"
    /// A model's name.
    public static let name = "name"
    /// A model's version.
    public static let version = "version"
    /// A watched feature of a model's reference.
    public static let feature = "feature"
    /// minor, moderate, major.
    public static let severity = "severity"
    /// A bundle's identity.
    public static let sha256 = "sha256"
  }
}
