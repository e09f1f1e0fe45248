/// An offset to commit, with the text that travels with it.
public struct OffsetToCommit: Sendable, Equatable {
  /// The next offset to read: last processed + 1.
  public var offset: Int64
  /// An ``OffsetNote`` as text.
  public var metadata: String

  /// Pairs an offset with its note.
  ///
  /// - Parameters:
  ///   - offset: The next offset to read.
  ///   - metadata: An ``OffsetNote`` as text.
  public init(offset: Int64, metadata: String) {
    self.offset = offset
    self.metadata = metadata
  }
}

/// How the records of one batch are to be answered.
public struct BatchPlan: Sendable, Equatable {
  /// A record that aborted its transaction too often and is dead-lettered without being scored.
  public struct Condemned: Sendable, Equatable {
    /// The record's partition.
    public var partition: Int32
    /// The record's offset.
    public var offset: Int64
    /// How often it was tried.
    public var attempts: Int
  }

  /// The number of records: all that the driver holds.
  public var recordCount: Int
  /// The model for each partition touched, as ``ModelActivation/sequence``.
  public var models: [Int32: Int64]
  /// The offsets that each partition is moved over: from its position to behind its last record of the batch.
  ///
  /// From transaction to transaction they follow one another without a hole, whoever owns the partition.
  public var offsets: [Int32: Range<Int64>] = [:]
  /// The one record not to score, if any.
  public var condemned: Condemned?

  /// Plans a batch.
  ///
  /// - Parameters:
  ///   - recordCount: The number of records.
  ///   - models: The model for each partition touched.
  ///   - offsets: The offsets that each partition is moved over.
  public init(recordCount: Int, models: [Int32: Int64], offsets: [Int32: Range<Int64>] = [:]) {
    self.recordCount = recordCount
    self.models = models
    self.offsets = offsets
  }
}

/// What happened, for logs and counters; nothing depends on it.
public enum LoopEvent: Sendable, Equatable {
  /// A batch and its offsets were committed.
  case committed(records: Int, partitions: Int)
  /// A transaction was aborted; its records will be read again.
  case aborted(records: Int, blamesRecord: Bool, reason: String)
  /// The batches are kept this small until the record that aborts them is found.
  case isolating(limit: Int)
  /// A record was dead-lettered because it aborted its transaction this often.
  case condemned(partition: Int32, offset: Int64, attempts: Int)
  /// The producer gets a new epoch, since a request of the old one may still be under way.
  case producerRenewed
  /// The producer is thrown away: its transaction's fate is unknown, or it is broken.
  case producerAbandoned(reason: String)
  /// Reading goes on from these offsets; nil: from where the reset policy says.
  case positioned([Int32: Int64?])
  /// The partition was read up to a record that this worker had seen already.
  case repeatedRecordDropped(partition: Int32, offset: Int64)
  /// A partition decides with another model from this batch on; late: some of its decided records were due for it.
  case modelSwitched(partition: Int32, sequence: Int64, late: Bool)
  /// A partition was decided with an announced model that this worker has not read of yet; it waits.
  case awaitingModel(sequence: Int64)
  /// Too many of the latest records were dead letters: reading stops until a model is announced or the worker starts anew.
  case suspended(deadLetters: Int, records: Int)
  /// Reading goes on after ``suspended(deadLetters:records:)``, with a model announced since.
  case unsuspended
  /// The group gave partitions.
  case assigned([Int32])
  /// Partitions were given back, with this many records of theirs dropped unanswered.
  case released([Int32], lost: Bool, dropped: Int)
  /// A call failed in a way that passes.
  case retrying(call: String, reason: String)
  /// Every partition was read up to the end it had when reading began.
  case caughtUp
}

/// What the driver is to do next.
///
/// Of the effects that one step returns only the last is a call, and only calls are answered. No effect at all means: go on
/// with the call that is under way.
public enum LoopEffect: Sendable, Equatable {
  /// Drop the record that the last poll brought.
  case dropRecord
  /// Forget every record held.
  case forgetBatch
  /// Sleep before the call that follows.
  case wait(milliseconds: Int64)
  /// Stop fetching these partitions, so that polling brings rebalances and nothing else.
  case pause([Int32])
  /// Fetch these partitions again.
  case resume([Int32])
  /// Log and count.
  case report(LoopEvent)

  /// Call: throw the producer away if there is one, make a new one under the same id and initialise its transactions.
  case initialiseProducer
  /// Call, ends a rebalance: take the partitions without fetching them yet.
  case accept([Int32])
  /// Call, ends a rebalance: let go of the partitions.
  case release([Int32])
  /// Call: read the committed offsets, stable ones only (no transaction pending on them).
  case readCommitted([Int32])
  /// Call: fetch exactly these partitions from these offsets; nil: from where the reset policy says.
  case assign([Int32: Int64?])
  /// Call: wait for one record.
  case poll(milliseconds: Int64)
  /// Call: begin a transaction.
  case begin
  /// Call: score the records held and produce a decision or a dead letter for each.
  case answer(BatchPlan)
  /// Call: put the offsets into the transaction, with group metadata asked for at this moment.
  case sendOffsets([Int32: OffsetToCommit])
  /// Call: commit the transaction.
  case commit
  /// Call: abort the transaction.
  case abort
  /// Call, at-least-once mode: wait until every answer is delivered.
  case flush
  /// Call, at-least-once mode: commit the offsets through the consumer.
  case commitOffsets([Int32: OffsetToCommit])
  /// The last effect: close everything and end with this code.
  case leave(ExitCode)

  /// Whether the driver must answer.
  public var isCall: Bool {
    switch self {
    case .dropRecord, .forgetBatch, .wait, .pause, .resume, .report: false
    default: true
    }
  }

  /// The call's name in logs.
  public var name: String {
    switch self {
    case .dropRecord: "drop_record"
    case .forgetBatch: "forget_batch"
    case .wait: "wait"
    case .pause: "pause"
    case .resume: "resume"
    case .report: "report"
    case .initialiseProducer: "init_transactions"
    case .accept: "accept"
    case .release: "release"
    case .readCommitted: "committed"
    case .assign: "assign"
    case .poll: "poll"
    case .begin: "begin_transaction"
    case .answer: "produce"
    case .sendOffsets: "send_offsets_to_transaction"
    case .commit: "commit_transaction"
    case .abort: "abort_transaction"
    case .flush: "flush"
    case .commitOffsets: "commit_offsets"
    case .leave: "leave"
    }
  }
}
