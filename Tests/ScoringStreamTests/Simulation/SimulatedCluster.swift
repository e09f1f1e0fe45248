import ScoringStream
import TestSupport

/// A model of what Kafka 2.5 to 3.9 does with transactions and groups; small, and independent of the code under test.
///
/// It has producer epochs and fencing, transactions that time out, markers that take effect later than the reply, offsets that
/// are pending until their marker, group generations, static members, requests that arrive late. One simplification is to the
/// system's credit: an epoch that the coordinator has given out is known to all partitions at once (real brokers learn it
/// from the first marker; KIP-890 closes that gap).
final class SimulatedCluster {
  /// An answer as it stands in the log of answers.
  struct Answer {
    enum State { case open, committed, aborted }
    var partition: Int32
    var offset: Int64
    var model: Int64
    var isDeadLetter: Bool
    var producer: Int
    var state = State.open
  }

  /// Counts as they stand in the log of partials.
  struct Partial {
    var counted: SideWindow.Counted
    var state = Answer.State.open
  }

  enum TransactionState {
    case idle(lastWasCommit: Bool?)
    case ongoing(since: Int64)
    case completing(commit: Bool, at: Int64)
  }

  /// What the broker answers, in the classes of the client library.
  enum Reply: Equatable {
    case done
    case concurrent
    case fenced
    case illegalGeneration
    case invalidState
  }

  struct PendingOffset {
    var partition: Int32
    var offset: OffsetToCommit
  }

  /// A request that the client has given up and that will still arrive.
  enum Straggler {
    case end(producer: Int, epoch: Int, commit: Bool)
    case offsets(producer: Int, epoch: Int, [PendingOffset], SimulatedGroup.Membership?)
  }

  let transactionTimeout: Int64 = 1_500
  let input: [[RecordPosition]]
  let ends: [Int64]
  let poison: Set<RecordName>
  /// How many records of each partition are published already.
  var published: [Int]
  var group: SimulatedGroup
  private(set) var answers: [Answer] = []
  private(set) var partials: [Partial] = []
  private(set) var committed: [OffsetToCommit?]
  private(set) var pending: [[PendingOffset]]
  private(set) var epochs: [Int]
  private(set) var transactions: [TransactionState]
  private var openAnswers: [[Int]]
  private var openPartials: [[Int]]
  private var stragglers: [(at: Int64, Straggler)] = []
  /// Checked whenever a transaction ends; the first thing found wrong.
  private(set) var violation: String?
  private var visible: [[Int64]]
  private var advancedTo: Int64 = -1

  struct RecordName: Hashable {
    var partition: Int32
    var offset: Int64
  }

  init(input: [[RecordPosition]], ends: [Int64], poison: Set<RecordName>, producers: Int) {
    self.input = input
    self.ends = ends
    self.poison = poison
    published = input.map { $0.count / 2 }
    group = SimulatedGroup(instances: producers, partitions: input.count)
    committed = Array(repeating: nil, count: input.count)
    pending = Array(repeating: [], count: producers)
    epochs = Array(repeating: 0, count: producers)
    transactions = Array(repeating: .idle(lastWasCommit: nil), count: producers)
    openAnswers = Array(repeating: [], count: producers)
    openPartials = Array(repeating: [], count: producers)
    visible = Array(repeating: [], count: input.count)
  }

  // MARK: Requests

  /// InitProducerId: ends the former transaction, gives the next epoch.
  func initialise(_ producer: Int, at now: Int64) -> Reply {
    advance(to: now)
    switch transactions[producer] {
    case .completing: return .concurrent
    case .ongoing:
      epochs[producer] += 1
      finish(producer, commit: false)
      return .concurrent
    case .idle:
      epochs[producer] += 1
      return .done
    }
  }

  /// AddPartitionsToTxn and Produce.
  func append(
    _ new: [Answer],
    _ counted: [SideWindow.Counted],
    producer: Int,
    epoch: Int,
    at now: Int64
  ) -> Reply {
    let reply = join(producer, epoch, at: now)
    guard reply == .done else { return reply }
    for answer in new {
      openAnswers[producer].append(answers.count)
      answers.append(answer)
    }
    for partial in counted {
      openPartials[producer].append(partials.count)
      partials.append(Partial(counted: partial))
    }
    return .done
  }

  /// Produce without a transaction: nothing in Creditstream's exactly-once mode does that.
  func appendPlainly(_ new: [Answer]) {
    for var answer in new {
      answer.state = .committed
      visible[Int(answer.partition)].append(answer.offset)
      answers.append(answer)
    }
  }

  /// Produce of counts without a transaction.
  func reportPlainly(_ counted: [SideWindow.Counted]) {
    partials += counted.map { Partial(counted: $0, state: .committed) }
  }

  /// AddOffsetsToTxn and TxnOffsetCommit.
  func sendOffsets(
    _ offsets: [PendingOffset],
    producer: Int,
    epoch: Int,
    membership: SimulatedGroup.Membership?,
    at now: Int64
  ) -> Reply {
    let reply = join(producer, epoch, at: now)
    guard reply == .done else { return reply }
    if let membership {
      let verdict = group.verdict(on: membership)
      guard verdict == .done else { return verdict }
    }
    pending[producer] += offsets
    return .done
  }

  /// EndTxn; the markers are written after the reply, `delay` later.
  func end(_ producer: Int, epoch: Int, commit: Bool, delay: Int64, at now: Int64) -> Reply {
    advance(to: now)
    guard epoch == epochs[producer] else { return .fenced }
    switch transactions[producer] {
    case .completing(let wasCommit, _): return wasCommit == commit ? .concurrent : .invalidState
    case .idle(let lastWasCommit): return lastWasCommit == commit || !commit ? .done : .invalidState
    case .ongoing:
      if delay > 0 {
        transactions[producer] = .completing(commit: commit, at: now + delay)
      } else {
        finish(producer, commit: commit)
      }
      return .done
    }
  }

  /// Offset commits outside any transaction: nothing in Creditstream's exactly-once mode does that.
  func commitPlainly(_ offsets: [PendingOffset]) {
    for offset in offsets { committed[Int(offset.partition)] = offset.offset }
  }

  /// Whether a transaction's offsets for a partition are still undecided.
  func isUnstable(_ partition: Int32) -> Bool {
    pending.contains { $0.contains { $0.partition == partition } }
  }

  /// The next published record at or after an offset.
  func record(of partition: Int32, from offset: Int64) -> RecordPosition? {
    let end = published[Int(partition)]
    guard end > 0, input[Int(partition)][end - 1].offset >= offset else { return nil }
    var index = 0
    while input[Int(partition)][index].offset < offset { index += 1 }
    return input[Int(partition)][index]
  }

  func delay(_ straggler: Straggler, until time: Int64) { stragglers.append((time, straggler)) }

  /// Lets time pass: markers, time-outs and stragglers whose hour has come.
  func advance(to now: Int64) {
    guard now > advancedTo else { return }
    advancedTo = now
    for producer in transactions.indices {
      switch transactions[producer] {
      case .completing(let commit, let at) where at <= now: finish(producer, commit: commit)
      case .ongoing(let since) where now - since > transactionTimeout:
        // The coordinator takes the epoch away from whoever let the transaction hang.
        epochs[producer] += 1
        finish(producer, commit: false)
      default: break
      }
    }
    guard !stragglers.isEmpty else { return }
    while let index = stragglers.firstIndex(where: { $0.at <= now }) {
      switch stragglers.remove(at: index).1 {
      case .end(let producer, let epoch, let commit):
        guard epoch == epochs[producer], case .ongoing = transactions[producer] else { continue }
        finish(producer, commit: commit)
      case .offsets(let producer, let epoch, let offsets, let membership):
        guard epoch == epochs[producer], case .ongoing = transactions[producer] else { continue }
        if let membership, group.verdict(on: membership) != .done { continue }
        pending[producer] += offsets
      }
    }
  }

  private func join(_ producer: Int, _ epoch: Int, at now: Int64) -> Reply {
    advance(to: now)
    guard epoch == epochs[producer] else { return .fenced }
    switch transactions[producer] {
    case .completing: return .concurrent
    case .ongoing: return .done
    case .idle:
      transactions[producer] = .ongoing(since: now)
      return .done
    }
  }

  /// Writes the markers: answers and offsets of the producer's transaction stand or fall together.
  private func finish(_ producer: Int, commit: Bool) {
    for index in openAnswers[producer] {
      answers[index].state = commit ? .committed : .aborted
      if commit { visible[Int(answers[index].partition)].append(answers[index].offset) }
    }
    for index in openPartials[producer] { partials[index].state = commit ? .committed : .aborted }
    if commit {
      for offset in pending[producer] { committed[Int(offset.partition)] = offset.offset }
    }
    openAnswers[producer] = []
    openPartials[producer] = []
    pending[producer] = []
    transactions[producer] = .idle(lastWasCommit: commit)
    if commit { auditPrefixes() }
  }

  /// What readers see of each partition is exactly what the group's offset says was answered, at every moment.
  private func auditPrefixes() {
    guard violation == nil else { return }
    for partition in input.indices {
      let upTo = committed[partition]?.offset ?? 0
      var expected = 0
      while expected < input[partition].count, input[partition][expected].offset < upTo { expected += 1 }
      guard visible[partition].count == expected else {
        violation =
          "partition \(partition): the committed offset is \(upTo), \(expected) records stand before it, "
          + "but \(visible[partition].count) answers are visible"
        return
      }
    }
  }
}
