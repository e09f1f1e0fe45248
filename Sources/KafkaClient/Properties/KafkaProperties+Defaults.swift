extension KafkaProperties {
  /// The defaults we ship for a role; whatever a user sets wins over them.
  ///
  /// They differ from librdkafka's where its own would lose or repeat records, use unbounded memory or wait
  /// for nothing. The comments give the reason of each.
  public static func defaults(for role: ClientRole) -> KafkaProperties {
    switch role {
    case .consumer: common.merging(consumerDefaults)
    case .transactionalProducer: common.merging(anyProducer).merging(transactionalDefaults)
    case .producer: common.merging(anyProducer).merging(["enable.idempotence": "true"])
    case .admin: common
    }
  }

  private static let common: KafkaProperties = [
    // Nagle's algorithm holds back small requests, worst under TLS (librdkafka #4986).
    "socket.nagle.disable": "true",
    "client.id": "creditstream",
  ]

  private static let consumerDefaults: KafkaProperties = [
    // Offsets move only with a transaction, or by an explicit commit.
    "enable.auto.commit": "false",
    "enable.auto.offset.store": "false",
    "isolation.level": "read_committed",
    // librdkafka's own default, `largest`, silently skips what was written before the first start.
    "auto.offset.reset": "earliest",
    // Eager: the cooperative assignor of librdkafka before 2.10 aborts the process or loses the group.
    "partition.assignment.strategy": "range",
    "session.timeout.ms": "45000",
    "heartbeat.interval.ms": "3000",
    "max.poll.interval.ms": "60000",
    "check.crcs": "true",
    // Bounds on memory; the library accepts answers of 100 MB otherwise.
    "fetch.message.max.bytes": "1048576",
    "fetch.max.bytes": "15728640",
    "receive.message.max.bytes": "16777216",
    // More than a second of work: a full queue makes librdkafka before 2.3 pause fetching for one second.
    "queued.max.messages.kbytes": "65536",
    // "Caught up" is an event, not a guess from watermarks, which count transaction markers too.
    "enable.partition.eof": "true",
  ]

  private static let anyProducer: KafkaProperties = [
    "linger.ms": "5",
    "compression.type": "lz4",
    // The Java client's partitioner, so that every writer puts one key into the same partition.
    "partitioner": "murmur2_random",
    // Successes are counted by the library's queue length; only failures are worth a callback.
    "delivery.report.only.error": "true",
    "queue.buffering.max.kbytes": "131072",
  ]

  private static let transactionalDefaults: KafkaProperties = [
    // Strictly below the consumer's session.timeout.ms, or a hung commit could complete after the member
    // was replaced. The delivery time-out of records follows it.
    "transaction.timeout.ms": "15000",
    // The first request after a commit meets CONCURRENT_TRANSACTIONS while the broker writes its markers;
    // librdkafka then sleeps this long, and 100 ms by default makes every transaction last 45 ms.
    "retry.backoff.ms": "5",
    // A commit sends what waits at once, so there is nothing to gain from sending earlier; and librdkafka polls
    // without a pause in the last millisecond of each wait, which took a fifth of a scorer's processor time.
    "linger.ms": "1000",
  ]
}
