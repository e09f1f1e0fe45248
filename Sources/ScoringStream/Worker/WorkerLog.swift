import KafkaClient
import Logging
import Telemetry

/// What a worker says, in operators' words; never a payload, never more than once a second for what repeats itself.
struct WorkerLog {
  private let logger: Logger
  private var retriesSince: Int64 = .min
  private var retriesHeldBack = 0

  init(_ logger: Logger, worker: String) {
    var logger = logger
    logger[metadataKey: LogKey.worker] = "\(worker)"
    self.logger = logger
  }

  /// Says what happened in the loop.
  ///
  /// - Parameter event: What happened.
  mutating func event(_ event: LoopEvent) {
    switch event {
    case .committed(let records, _):
      logger.trace("Committed", metadata: [LogKey.records: "\(records)"])
    case .aborted(let records, let blamesRecord, let reason):
      logger.warning(
        "Transaction aborted; its records are read again",
        metadata: [
          LogKey.records: "\(records)", LogKey.blamesRecord: "\(blamesRecord)", LogKey.reason: "\(reason)",
        ]
      )
    case .isolating(let limit):
      logger.warning("Searching for the record that aborts its batch", metadata: [LogKey.limit: "\(limit)"])
    case .condemned(let partition, let offset, let attempts):
      logger.error(
        "Record dead-lettered: its transaction failed whenever it was tried",
        metadata: [
          LogKey.partition: "\(partition)", LogKey.offset: "\(offset)", LogKey.attempts: "\(attempts)",
        ]
      )
    case .producerAbandoned(let reason):
      logger.warning(
        "Producer replaced; reading goes on from the committed offsets",
        metadata: [LogKey.reason: "\(reason)"]
      )
    case .suspended(let deadLetters, let records):
      logger.critical(
        """
        Reading stopped: most of the latest records are dead letters, as when their schema has changed; it goes on when a \
        model is announced or the scorer is started anew
        """,
        metadata: [LogKey.deadLetters: "\(deadLetters)", LogKey.records: "\(records)"]
      )
    case .unsuspended: logger.notice("Reading goes on, with a model announced since")
    case .awaitingModel(let sequence):
      logger.warning(
        "Waiting for an announcement that another scorer has decided with; was the models topic made anew?",
        metadata: [LogKey.announcement: "\(sequence)"]
      )
    case .producerRenewed:
      logger.notice("Producer renewed: a request of the old one may still be under way")
    case .positioned(let offsets):
      logger.debug(
        "Reading from",
        metadata: [LogKey.offset: "\(offsets.mapValues { $0.map(String.init) ?? "start" })"]
      )
    case .repeatedRecordDropped(let partition, let offset):
      logger.debug(
        "Record arrived twice and was dropped",
        metadata: [LogKey.partition: "\(partition)", LogKey.offset: "\(offset)"]
      )
    case .modelSwitched(let partition, let sequence, let late):
      logger.info(
        late ? "Model in force, later than it should have been" : "Model in force",
        metadata: [LogKey.partition: "\(partition)", LogKey.announcement: "\(sequence)"]
      )
    case .assigned(let partitions):
      logger.info("Partitions assigned", metadata: [LogKey.partition: "\(partitions)"])
    case .released(let partitions, let lost, let dropped):
      logger.info(
        lost ? "Partitions lost" : "Partitions released",
        metadata: [LogKey.partition: "\(partitions)", LogKey.records: "\(dropped)"]
      )
    case .retrying(let call, let reason): retrying(call, reason)
    case .caughtUp: logger.info("Read to the end")
    }
  }

  private mutating func retrying(_ call: String, _ reason: String) {
    let now = WorkerClock.monotonic()
    guard now - 1_000 >= retriesSince else {
      retriesHeldBack += 1
      return
    }
    logger.warning(
      "Call failed; trying again",
      metadata: [
        LogKey.call: "\(call)", LogKey.reason: "\(reason)", LogKey.heldBack: "\(retriesHeldBack)",
      ]
    )
    retriesSince = now
    retriesHeldBack = 0
  }

  /// Says what a client library reports beside the results of its calls.
  ///
  /// - Parameters:
  ///   - event: The report.
  ///   - client: Which client it is.
  func client(_ event: KafkaEvent, _ client: String) {
    switch event {
    case .error(let error):
      logger.log(
        level: error.isFatal ? .error : .notice,
        "Client condition",
        metadata: [LogKey.client: "\(client)", LogKey.reason: "\(error)"]
      )
    case .log(let entry):
      logger.log(
        level: entry.severity <= 3 ? .error : entry.severity == 4 ? .warning : .debug,
        "\(entry.message)",
        metadata: [LogKey.client: "\(client)", LogKey.facility: "\(entry.facility)"]
      )
    case .statistics: break
    }
  }

  /// Says that something failed which changes nothing about the answers.
  ///
  /// - Parameters:
  ///   - what: What failed.
  ///   - error: Why.
  func failure(_ what: String, _ error: KafkaError) {
    logger.error("\(what)", metadata: [LogKey.reason: "\(error)"])
  }
}
