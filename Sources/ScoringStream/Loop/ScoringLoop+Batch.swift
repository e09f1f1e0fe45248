/// Collecting records into a batch, and planning its transaction.
extension ScoringLoop {
  /// Takes the answer of a poll.
  mutating func absorb(_ record: RecordPosition?) -> [LoopEffect] {
    guard case .poll = outstanding else { return [] }
    outstanding = nil
    guard let record else {
      isDrained = true
      batchWaited = true
      return proceed()
    }
    guard isPositioned, let state = partitions[record.partition] else { return [.dropRecord] + proceed() }
    if let next = state.next, record.offset < next {
      let report = LoopEvent.repeatedRecordDropped(partition: record.partition, offset: record.offset)
      return [.dropRecord, .report(report)] + proceed()
    }
    // Offsets may jump: transaction markers, aborted records and compaction leave gaps that hold nothing to answer.
    if batch.isEmpty {
      batchOpened = now
      batchWaited = false
      batchLimit = currentLimit
    }
    isDrained = false
    batch.append(record)
    batchBytes += record.bytes
    partitions[record.partition]?.next = record.offset + 1
    return proceed()
  }

  /// Takes a poll's finding that a partition holds no more.
  mutating func absorbEnd(of partition: Int32, at offset: Int64) -> [LoopEffect] {
    guard case .poll = outstanding else { return [] }
    outstanding = nil
    if isPositioned, let end = partitions[partition]?.end, offset >= end {
      partitions[partition]?.reachedEnd = true
    }
    return proceed()
  }

  /// The number of records that the next batch may hold: what the load suggests, less where a record is under suspicion.
  private var currentLimit: Int {
    partitions.values.reduce(sizing.limit) { limit, state in
      let isSuspect = state.note.limit > 0 && (state.next ?? 0) < state.note.until
      return isSuspect ? min(limit, state.note.limit) : limit
    }
  }

  /// Whether a transaction can be begun now.
  var canBegin: Bool {
    producerIsReady && isPositioned && !timeline.isEmpty && now >= retryAt
  }

  /// Whether the batch in hand should be answered now.
  var batchIsComplete: Bool {
    guard !batch.isEmpty else { return false }
    if batch.count >= batchLimit || batchBytes >= limits.maximumBatchBytes { return true }
    if stopBy != nil || rebalance != nil { return true }
    let age = now - batchOpened
    return age >= limits.commitInterval || (isDrained && age >= limits.linger)
  }

  /// Begins the transaction of the batch in hand.
  mutating func openBatch() -> [LoopEffect] {
    var plan = BatchPlan(recordCount: batch.count, models: [:])
    var offsets: [Int32: (offset: Int64, note: OffsetNote)] = [:]
    var reports: [LoopEffect] = []
    for (partition, extent) in extents(of: batch) {
      guard var state = partitions[partition] else { continue }
      if state.note.attempts >= limits.attempts, extent.first < state.note.until, plan.condemned == nil {
        let attempts = state.note.attempts
        plan.condemned = .init(partition: partition, offset: extent.first, attempts: attempts)
      }
      if let model = timeline.model(earliest: extent.earliest, inForce: state.note.model) {
        if model.sequence != state.note.model {
          let late = state.latestTimestamp.map { $0 >= model.activeFrom } ?? false
          reports.append(
            .report(.modelSwitched(partition: partition, sequence: model.sequence, late: late))
          )
        }
        plan.models[partition] = model.sequence
        state.note.model = model.sequence
      }
      // Position and batch may lie apart: gaps in the offsets hold nothing to answer, but are passed all the same.
      plan.offsets[partition] = min(state.base ?? extent.first, extent.first)..<extent.last + 1
      offsets[partition] = (extent.last + 1, state.note.advanced(to: extent.last + 1))
    }
    // The suspect is out of the way: search no longer. Should there be another one, it is searched for from the start.
    if plan.condemned != nil {
      for partition in offsets.keys { offsets[partition]?.note.clearSuspicion() }
    }
    precondition(offsets.count == plan.models.count, "Each partition touched has its model and its offset")
    let opened = Transaction(plan: plan, notes: offsets, delivery: limits.delivery)
    transaction = opened
    transactionOpened = now
    return reports + call(opened.call)
  }

  /// Begins the transaction that writes notes beside offsets that do not move.
  mutating func openNotes() -> [LoopEffect] {
    let opened = Transaction(plan: nil, notes: pendingNotes, delivery: limits.delivery)
    pendingNotes.removeAll()
    transaction = opened
    transactionOpened = now
    return call(opened.call)
  }

  /// First and last offset and smallest and greatest timestamp of records, by partition in ascending order.
  func extents(of records: [RecordPosition]) -> [(Int32, Extent)] {
    var extents: [(Int32, Extent)] = []
    for record in records {
      if let index = extents.firstIndex(where: { $0.0 == record.partition }) {
        extents[index].1.extend(by: record)
      } else {
        extents.append((record.partition, Extent(record)))
      }
    }
    return extents.sorted { $0.0 < $1.0 }
  }

  /// Narrows the search for the record that aborted the last batch, and notes it for whoever tries next.
  ///
  /// Only after the committed offsets were read: should the batch be committed after all, nobody is to blame, and the notes
  /// must not move the offsets back.
  mutating func isolate() -> [LoopEffect] {
    let blamed = suspects
    suspects.removeAll()
    let extents = extents(of: blamed)
    guard !blamed.isEmpty, extents.allSatisfy({ partitions[$0]?.base ?? .min <= $1.first }) else { return [] }
    let limit = max(1, blamed.count / 2)
    for (partition, extent) in extents {
      guard var state = partitions[partition] else { continue }
      if blamed.count == 1 { state.note.attempts += 1 }
      state.note.limit = limit
      state.note.until = max(state.note.until, extent.last + 1)
      partitions[partition] = state
      pendingNotes[partition] = (state.base ?? extent.first, state.note)
      // A record condemned already and still aborting: its dead letter cannot be written. Nothing is skipped; wait.
      if state.note.attempts > limits.attempts { backOff(after: state.note.attempts) }
    }
    return [.report(.isolating(limit: limit))]
  }
}

/// The reach of a batch in one partition.
struct Extent: Sendable, Equatable {
  let first: Int64
  private(set) var last: Int64
  /// The smallest timestamp; the largest number there is when no record has one.
  private(set) var earliest: Int64
  private(set) var latest: Int64

  init(_ record: RecordPosition) {
    first = record.offset
    last = record.offset
    earliest = record.timestamp < 0 ? .max : record.timestamp
    latest = record.timestamp
  }

  mutating func extend(by record: RecordPosition) {
    last = max(last, record.offset)
    if record.timestamp >= 0 { earliest = min(earliest, record.timestamp) }
    latest = max(latest, record.timestamp)
  }
}
