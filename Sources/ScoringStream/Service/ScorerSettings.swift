public import CreditScoring
import KafkaClient

/// What a scorer is told by its settings file; every key has a default, so a file says only what differs.
public struct ScorerSettings: Sendable, Equatable {
  /// How large and how old a batch may become.
  public struct Batch: Sendable, Equatable {
    /// The limit when idle.
    public var minimumRecords = 16
    /// The limit under load.
    public var maximumRecords = 1_000
    /// The most bytes of keys and values, in MiB: what a worker holds at once.
    public var maximumMebibytes = 16
    /// The longest time a batch is collected, milliseconds.
    public var intervalMilliseconds = 100
    /// How long a batch waits for company once nothing more is at hand, milliseconds.
    public var lingerMilliseconds = 10

    /// The batch as shipped.
    public init() {}
  }

  /// When dead letters are so many that reading stops.
  public struct DeadLetterLimit: Sendable, Equatable {
    /// The share of the latest records, 0…1; 1: never.
    public var share = 0.5
    /// How many records the share is taken of.
    public var windowRecords = 500

    /// The limit as shipped.
    public init() {}
  }

  /// The first part of every identity; one name for all processes that share the work.
  public var application = "creditstream"
  /// The second part: this process among them, stable over restarts; two processes with one instance name fence each other.
  public var instance = "0"
  /// Where to find the cluster: `host:port`, separated by commas.
  public var brokers = "localhost:9092"
  /// The consumer group; nil: the application's name.
  public var group: String?
  /// The topics' names.
  public var topics = ScorerTopics()
  /// How many workers this process runs.
  public var workers = 2
  /// How large and how old a batch may become.
  public var batch = Batch()
  /// The directory of the model registry.
  public var registry = "models"
  /// For which decisions reasons are computed; nil: what each model's policy says.
  ///
  /// A decision then depends on this setting too: a replay must be told the same.
  public var reasons: ReasonsMode?
  /// What a commit covers.
  public var delivery = LoopLimits.Delivery.exactlyOnce
  /// When dead letters are so many that reading stops.
  public var deadLetterLimit = DeadLetterLimit()
  /// How long a shutdown may take in all, milliseconds.
  public var shutdownMilliseconds = 10_000
  /// How long a worker may hang in a call before the process ends, and stall before it is alerted, milliseconds.
  public var watchdogMilliseconds = 60_000
  /// Properties of librdkafka, for all clients: security, buffers, time-outs.
  public var kafka: [String: String] = [:]

  /// The settings as shipped.
  public init() {}

  /// `APP.INSTANCE.WORKER`.
  ///
  /// - Parameter worker: The worker's number, from 0.
  /// - Returns: Transactional id and static group member at once.
  public func identity(ofWorker worker: Int) -> String { "\(application).\(instance).\(worker)" }
}

/// What is wrong with a value that reads well.
public struct ScorerSettingsProblem: Sendable, Equatable {
  /// The keys that lead to the value in the file.
  public var path: [String]
  /// What is wrong and what to do.
  public var message: String
}

extension ScorerSettings {
  /// Properties that follow from other settings, or that the promises rest on.
  private static let reserved: Set<String> = [
    "bootstrap.servers", "group.id", "group.instance.id", "transactional.id", "enable.auto.commit",
    "enable.auto.offset.store", "isolation.level", "enable.idempotence", "enable.partition.eof",
  ]

  /// Everything that cannot work, not only the first.
  ///
  /// - Returns: The problems, in the order of the file's keys as documented; empty when there is none.
  public func problems() -> [ScorerSettingsProblem] {
    var problems: [ScorerSettingsProblem] = []
    func check(_ isGood: Bool, _ path: String..., message: String) {
      if !isGood { problems.append(ScorerSettingsProblem(path: path, message: message)) }
    }
    check(
      Self.isName(application),
      "application",
      message: "must be 1 to 48 of A-Z a-z 0-9 _ -: it becomes part of transactional ids"
    )
    check(
      Self.isName(instance),
      "instance",
      message: "must be 1 to 48 of A-Z a-z 0-9 _ -, other for each process and the same after a restart"
    )
    check(!brokers.isEmpty, "brokers", message: "must name at least one broker as host:port")
    let names = [
      topics.applications, topics.decisions, topics.deadLetters, topics.partials, topics.models,
    ]
    check(
      Set(names).count == names.count && !names.contains(""),
      "topics",
      message: "the five topics must have five different names"
    )
    check(
      (1...64).contains(workers),
      "workers",
      message: "must be 1 to 64: each is a thread with two Kafka clients"
    )
    check(
      batch.minimumRecords >= 1 && batch.minimumRecords <= batch.maximumRecords,
      "batch",
      "minimum_records",
      message: "must be at least 1 and at most maximum_records"
    )
    check(
      batch.maximumRecords <= 100_000,
      "batch",
      "maximum_records",
      message: "must be at most 100000: the records of a batch are held in memory"
    )
    check(
      (1...5_000).contains(batch.intervalMilliseconds),
      "batch",
      "interval_ms",
      message: "must be 1 to 5000: well below the transaction's time-out of 15 s"
    )
    check(
      (0...batch.intervalMilliseconds).contains(batch.lingerMilliseconds),
      "batch",
      "linger_ms",
      message: "must be 0 to interval_ms"
    )
    check(
      (1_000...600_000).contains(shutdownMilliseconds),
      "shutdown_ms",
      message: "must be 1000 to 600000"
    )
    check(
      (1...1_024).contains(batch.maximumMebibytes),
      "batch",
      "maximum_mib",
      message: "must be 1 to 1024: each worker holds as much"
    )
    check(
      (0...1).contains(deadLetterLimit.share) && deadLetterLimit.share > 0,
      "dead_letter_limit",
      "share",
      message: "must be above 0 and at most 1; 1 never stops reading"
    )
    check(
      (1...1_000_000).contains(deadLetterLimit.windowRecords),
      "dead_letter_limit",
      "window_records",
      message: "must be 1 to 1000000"
    )
    check(
      (20_000...3_600_000).contains(watchdogMilliseconds),
      "watchdog_ms",
      message: "must be 20000 to 3600000: calls to the brokers may take up to 15 s"
    )
    check(
      kafka["message.max.bytes"].map { Int($0).map { $0 >= 10_000 } ?? false } ?? true,
      "kafka",
      "message.max.bytes",
      message: "must be a number of at least 10000"
    )
    let properties = KafkaProperties(kafka.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    for problem in KafkaProperties.problems(consumer: properties, transactionalProducer: properties) {
      check(false, "kafka", "transaction.timeout.ms", message: problem)
    }
    check(
      kafka["transaction.timeout.ms"].map { Int($0).map { $0 >= 5_000 } ?? false } ?? true,
      "kafka",
      "transaction.timeout.ms",
      message: "must be a number of at least 5000: one call may take 2 s"
    )
    for name in kafka.keys.sorted() {
      check(
        !Self.reserved.contains(name),
        "kafka",
        name,
        message:
          "cannot be set here: it follows from the other settings, or decisions would be lost or doubled"
      )
    }
    return problems
  }

  private static func isName(_ text: String) -> Bool {
    (1...48).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
      }
  }
}
