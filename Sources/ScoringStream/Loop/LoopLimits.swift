/// Times and sizes that bound the loop; all times in milliseconds.
public struct LoopLimits: Sendable, Equatable {
  /// What a commit covers.
  public enum Delivery: String, Sendable, Decodable {
    /// Answers and offsets commit together.
    case exactlyOnce = "exactly_once"
    /// Offsets are committed after the answers were delivered: a crash in between answers twice.
    case atLeastOnce = "at_least_once"
  }

  /// What a commit covers.
  public var delivery: Delivery = .exactlyOnce
  /// The smallest limit of a batch.
  public var minimumBatch = 16
  /// The largest limit of a batch.
  public var maximumBatch = 1_000
  /// A batch is complete when its records hold this many bytes, however few they are.
  public var maximumBatchBytes = 16 << 20
  /// The longest time a batch is collected.
  public var commitInterval: Int64 = 100
  /// How long a batch waits for company once nothing more is at hand.
  public var linger: Int64 = 10
  /// How long a poll waits when no batch is open; also how soon a shutdown is noticed.
  public var idlePoll: Int64 = 100
  /// How long the calls of one transaction are repeated.
  ///
  /// It must stay below `transaction.timeout.ms`: the broker would abort the transaction and take its producer for a zombie.
  public var transactionBudget: Int64 = 12_000
  /// How long a revocation may take to finish the batch in hand; 0: drop it at once.
  public var revokeBudget: Int64 = 5_000
  /// How long a shutdown may take to finish the batch in hand.
  public var drainBudget: Int64 = 7_000
  /// The first wait before something is tried again; doubled each time.
  public var firstBackoff: Int64 = 10
  /// The longest wait before something is tried again.
  public var longestBackoff: Int64 = 1_000
  /// How often a record may abort a transaction that holds it alone.
  public var attempts = 3
  /// More dead letters than this share of the latest ``deadLetterWindow`` records are no poison but a broken schema: the worker
  /// pauses until a model is announced or it is started anew; 1: never.
  public var deadLetterShare = 0.5
  /// How many records the share is taken of; before as many were answered nothing is judged.
  public var deadLetterWindow = 500
  /// Whether to note when every partition was read to the end it had at the start.
  public var watchesForEnd = false
  /// Whether nothing is read before ``LoopInput/membershipSettled``, and a rebalance after it ends the worker.
  ///
  /// For the embedded cluster, which forgets committed offsets.
  public var refusesRebalance = false

  /// Limits as they are shipped.
  public init() {}
}
