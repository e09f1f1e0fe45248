/// The keys of log metadata; one vocabulary for all modules, so that logs can be searched by it.
///
/// Values come from closed sets, numbers, names of topics and models and messages of libraries; never from an application.
public enum LogKey {
  /// The id of a drift alert.
  public static let alert = "alert_id"
  /// What happens to a drift alert: opened, ongoing, closed.
  public static let change = "change"
  /// How far a drift went: minor, moderate, major.
  public static let severity = "severity"
  /// Which announcement of a model, by its offset on the models topic.
  public static let announcement = "announcement"
  /// How often a record was tried.
  public static let attempts = "attempts"
  /// Whether a record of the batch may have caused a failure.
  public static let blamesRecord = "blames_record"
  /// Which call of the client library.
  public static let call = "call"
  /// Which client of a worker: consumer, producer.
  public static let client = "client"
  /// A number of dead letters.
  public static let deadLetters = "dead_letters"
  /// How long something has lasted, in milliseconds.
  public static let durationMilliseconds = "duration_ms"
  /// The exit code's number.
  public static let exitCode = "exit_code"
  /// The client library's word for the subject of a line.
  public static let facility = "facility"
  /// How many equal lines were left out before this one.
  public static let heldBack = "held_back"
  /// The most records a batch may hold.
  public static let limit = "limit"
  /// A model as name/version.
  public static let model = "model"
  /// An offset, or offsets by partition.
  public static let offset = "offset"
  /// A partition, or partitions.
  public static let partition = "partition"
  /// Why, in the words of whoever failed.
  public static let reason = "reason"
  /// A number of records.
  public static let records = "records"
  /// SHA-256 of a model bundle.
  public static let sha256 = "sha256"
  /// The name of an API key; never the key.
  public static let key = "key"
  /// The method of an HTTP request.
  public static let method = "method"
  /// The code of a problem document.
  public static let problem = "problem"
  /// The id of an HTTP request.
  public static let requestID = "request_id"
  /// A route of the HTTP API, as the contract writes it; never the path that was asked for.
  public static let route = "route"
  /// The status of an HTTP response.
  public static let status = "status"
  /// The trace id of W3C trace context.
  public static let traceID = "trace_id"
  /// A duration in microseconds.
  public static let microseconds = "microseconds"
  /// Where the HTTP API listens.
  public static let address = "address"
  /// A topic's name.
  public static let topic = "topic"
  /// A worker's identity: APP.INSTANCE.WORKER.
  public static let worker = "worker"
}
