import CreditEvents
import DriftDetection
import TestSupport

@testable import ScoringStream

/// One run of the model: a seed decides the records, the workers, the faults and the order of everything.
struct Schedule {
  let seed: UInt64
  let mutant: Mutant?

  init(seed: UInt64, mutant: Mutant? = nil) {
    self.seed = seed
    self.mutant = mutant
  }

  /// Steps after which nothing fails any more, and after which a run that has not ended is stuck.
  private static let faultySteps = 130
  private static let mostSteps = 6_000

  /// Runs it.
  ///
  /// - Returns: What was wrong; nil when every promise was kept.
  func run() -> String? {
    var faults = Faults(seed: seed)
    var random = SplitMix64(seed: seed ^ 0x5DEE_CE66_D1CE_4E5B)
    let workers = 1 + Int(random.next() % 3)
    let (cluster, announcements) = world(workers: workers, &random)
    let limits = limits(&random)
    var processes = (0..<workers).map { instance in
      start(instance, cluster, limits, announcements, at: 0)
    }
    var zombies: [SimulatedProcess] = []
    var starts: [(at: Int64, instance: Int)] = []
    var now: Int64 = 0
    var steps = 0
    while steps < Self.mostSteps {
      steps += 1
      if steps == Self.faultySteps { settle(&faults, cluster, now, &zombies) }
      let next = Self.earliest(of: zombies, or: Self.earliest(of: processes, or: nil))
      // Time jumps to whatever happens first.
      if !starts.isEmpty, let start = starts.min(by: { $0.at < $1.at }), start.at <= next?.readyAt ?? .max {
        now = max(now, start.at)
        starts.removeAll { $0.at == start.at && $0.instance == start.instance }
        processes.append(self.start(start.instance, cluster, limits, announcements, at: now))
        continue
      }
      guard let next else { return "nobody works and nobody will" }
      now = max(now, next.readyAt)
      cluster.advance(to: now)
      cluster.group.advance(to: now)
      next.run(at: now, faults: &faults)
      if let violation = cluster.violation { return violation }
      if let code = next.exit {
        // Zombies end fenced; whoever else ends is started again, as a supervisor would.
        zombies.removeAll { $0 === next }
        if processes.contains(where: { $0 === next }) {
          processes.removeAll { $0 === next }
          if code != .fenced && code != .finished && code != .forced { return "a worker ended with \(code)" }
          starts.append((now + Int64(faults.number(below: 200)), next.instance))
        }
        continue
      }
      if faults.areActive {
        disturb(&faults, cluster, &processes, &zombies, &starts, at: now)
      } else if steps % 8 == 0, starts.isEmpty, isDone(cluster, processes) {
        // Markers still to be written are written; a transaction of a process that died times out.
        cluster.advance(to: now + 60_000)
        return cluster.violation ?? audit(cluster, announcements, mayCondemnAny: faults.blamesFalsely)
      }
    }
    return "still not done after \(steps) steps: committed \(cluster.committed.map { $0?.offset ?? 0 })"
  }

  private static func earliest(
    of processes: [SimulatedProcess],
    or other: SimulatedProcess?
  ) -> SimulatedProcess? {
    var earliest = other
    var readyAt = other?.readyAt ?? .max
    for process in processes where process.readyAt < readyAt {
      earliest = process
      readyAt = process.readyAt
    }
    return earliest
  }

  private func start(
    _ instance: Int,
    _ cluster: SimulatedCluster,
    _ limits: LoopLimits,
    _ announcements: [(at: Int64, ModelActivation)],
    at now: Int64
  ) -> SimulatedProcess {
    let process = SimulatedProcess(
      instance: instance,
      cluster: cluster,
      limits: limits,
      mutant: mutant,
      at: now
    )
    // What was announced before the start is read to its end; later announcements arrive when they arrive.
    process.mail = announcements.map { announcement in
      let isOld = announcement.at <= now
      return (isOld ? now : announcement.at + Int64(instance) * 40, announcement.1)
    }
    return process
  }

  /// Crashes, hangs, rebalances, and records that arrive.
  private func disturb(
    _ faults: inout Faults,
    _ cluster: SimulatedCluster,
    _ processes: inout [SimulatedProcess],
    _ zombies: inout [SimulatedProcess],
    _ starts: inout [(at: Int64, instance: Int)],
    at now: Int64
  ) {
    if faults.chance(150) {
      let partition = faults.number(below: cluster.input.count)
      cluster.published[partition] = min(cluster.published[partition] + 2, cluster.input[partition].count)
    }
    guard faults.chance(40), !processes.isEmpty else { return }
    let victim = faults.number(below: processes.count)
    switch faults.number(below: 5) {
    case 0:
      // kill -9, and a start soon or only after the session has ended
      let pause = faults.chance(700) ? faults.number(below: 300) : 5_000
      starts.append((now + Int64(pause), processes.remove(at: victim).instance))
    case 1:
      // SIGSTOP: a successor starts under the same name; the sleeper wakes up later
      let sleeper = processes.remove(at: victim)
      sleeper.readyAt = now + Int64(200 + faults.number(below: 3_000))
      zombies.append(sleeper)
      starts.append((now + Int64(faults.number(below: 300)), sleeper.instance))
    case 2:
      // A long pause: garbage, swap, a slow disk
      processes[victim].readyAt = now + Int64(faults.number(below: 6_000))
    case 3:
      // SIGTERM: it commits what it has in hand, and is started again
      processes[victim].shutDown(at: now)
    default: cluster.group.rebalance(at: now)
    }
  }

  private func settle(
    _ faults: inout Faults,
    _ cluster: SimulatedCluster,
    _ now: Int64,
    _ zombies: inout [SimulatedProcess]
  ) {
    faults.areActive = false
    for partition in cluster.input.indices { cluster.published[partition] = cluster.input[partition].count }
    for zombie in zombies { zombie.readyAt = min(zombie.readyAt, now + 100) }
  }

  private func isDone(_ cluster: SimulatedCluster, _ processes: [SimulatedProcess]) -> Bool {
    for partition in cluster.input.indices {
      guard let last = cluster.input[partition].last else { continue }
      guard (cluster.committed[partition]?.offset ?? 0) > last.offset else { return false }
    }
    return processes.allSatisfy(\.isIdle)
  }
}

extension Schedule {
  /// Records, poison and announcements.
  private func world(
    workers: Int,
    _ random: inout SplitMix64
  ) -> (SimulatedCluster, [(at: Int64, ModelActivation)]) {
    func number(below bound: Int) -> Int { Int(random.next() % UInt64(bound)) }
    let partitions = 1 + number(below: 3)
    var input: [[RecordPosition]] = []
    var poison: Set<SimulatedCluster.RecordName> = []
    for partition in 0..<Int32(partitions) {
      var offset: Int64 = 0
      var records: [RecordPosition] = []
      for index in 0..<number(below: 14) {
        // Gaps: markers and aborted records of the intake's own transactions, compaction.
        if number(below: 6) == 0 { offset += Int64(1 + number(below: 3)) }
        let timestamp = Int64(1_000 + index * 10 - number(below: 25))
        records.append(RecordPosition(partition: partition, offset: offset, timestamp: timestamp))
        if number(below: 30) == 0 { poison.insert(.init(partition: partition, offset: offset)) }
        offset += 1
      }
      input.append(records)
    }
    var announcements: [(at: Int64, ModelActivation)] = [(0, ModelActivation(sequence: 0, activeFrom: 0))]
    for sequence in 1..<(1 + number(below: 4)) {
      announcements.append(
        (
          Int64(number(below: 1_500)),
          ModelActivation(sequence: Int64(sequence), activeFrom: Int64(1_000 + number(below: 140)))
        )
      )
    }
    // The log of announcements has one order.
    let times = announcements.map(\.at).sorted()
    for index in announcements.indices { announcements[index].at = times[index] }
    let cluster = SimulatedCluster(
      input: input,
      ends: input.map { ($0.last?.offset ?? -1) + 1 },
      poison: poison,
      producers: workers
    )
    return (cluster, announcements)
  }

  private func limits(_ random: inout SplitMix64) -> LoopLimits {
    var limits = LoopLimits()
    limits.minimumBatch = 1 + Int(random.next() % 6)
    limits.maximumBatch = limits.minimumBatch * (1 + Int(random.next() % 3))
    limits.commitInterval = 60
    limits.linger = 8
    limits.idlePoll = 150
    limits.transactionBudget = 1_000
    limits.revokeBudget = random.next() % 4 == 0 ? 0 : 600
    limits.firstBackoff = 4
    limits.longestBackoff = 60
    return limits
  }

  /// What readers of committed records see at the end, against what they were promised.
  private func audit(
    _ cluster: SimulatedCluster,
    _ announcements: [(at: Int64, ModelActivation)],
    mayCondemnAny: Bool
  ) -> String? {
    var seen: [[Int64]] = cluster.input.map { _ in [] }
    var models: [Int64] = cluster.input.map { _ in -1 }
    for answer in cluster.answers {
      guard answer.state != .open else { return "an answer hangs: \(answer)" }
      guard answer.state == .committed else { continue }
      let partition = Int(answer.partition)
      seen[partition].append(answer.offset)
      guard answer.model >= models[partition] else {
        return "partition \(partition) went back from model \(models[partition]) to \(answer.model)"
      }
      if answer.model != models[partition], answer.model > 0 {
        let activeFrom = announcements[Int(answer.model)].1.activeFrom
        let record = cluster.input[partition].first { $0.offset == answer.offset }
        guard let record, record.timestamp >= activeFrom else {
          return "model \(answer.model) decided offset \(answer.offset) before its time"
        }
      }
      models[partition] = answer.model
      let name = SimulatedCluster.RecordName(partition: answer.partition, offset: answer.offset)
      let mayBeDeadLetter = mayCondemnAny && answer.isDeadLetter
      guard mayBeDeadLetter || answer.isDeadLetter == cluster.poison.contains(name) else {
        return answer.isDeadLetter
          ? "\(name) was dead-lettered for nothing" : "\(name) was decided although it cannot be"
      }
    }
    for partition in cluster.input.indices {
      let expected = cluster.input[partition].map(\.offset)
      guard seen[partition] == expected else {
        return "partition \(partition): answered \(seen[partition]), expected \(expected)"
      }
    }
    return auditPartials(cluster)
  }

  /// What a reader of committed counts sees: each offset covered once, and in it what was answered there.
  private func auditPartials(_ cluster: SimulatedCluster) -> String? {
    var ledger = OffsetLedger()
    for partial in cluster.partials {
      let counted = partial.counted
      guard partial.state != .open else { return "counts hang: \(counted)" }
      guard partial.state == .committed else { continue }
      let admission = ledger.admit(counted.offsets, of: counted.partition)
      guard admission == .counted else { return "counts of \(counted.offsets): \(admission)" }
      let answers = cluster.answers.filter { answer in
        answer.state == .committed && answer.partition == counted.partition
          && counted.offsets.contains(answer.offset)
      }
      let letters = answers.count(where: \.isDeadLetter)
      let events = counted.blocks.reduce(0) { $0 + $1.events }
      guard counted.deadLetters == letters, counted.decisions == answers.count - letters,
        events == counted.decisions, answers.allSatisfy({ $0.model == counted.model })
      else {
        return "\(counted) does not agree with the \(answers.count) answers there, \(letters) dead letters"
      }
    }
    for partition in cluster.input.indices {
      let mark = ledger.marks[Int32(partition)]
      guard mark == cluster.committed[partition]?.offset else {
        return
          "partition \(partition): counted to \(mark ?? 0), committed \(cluster.committed[partition]?.offset ?? 0)"
      }
    }
    return nil
  }
}
