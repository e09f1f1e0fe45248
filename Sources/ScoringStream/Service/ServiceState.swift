/// What the service knows about its workers.
struct ServiceState: Sendable {
  /// What one worker has said of itself.
  private struct Worker: Sendable {
    var partitions: Int?
    var isCaughtUp = false
    var hasEnded = false
  }

  private var workers: [Worker]
  private var partitionCount = 0
  private var hasStarted = false
  private var isStopping = false
  private var hasSettled = false
  /// Why the service ends otherwise than in order; the first reason counts.
  var failure: ScoringStreamError?

  init(workers: Int) {
    self.workers = Array(repeating: Worker(), count: workers)
  }

  /// Whether every worker has joined and every partition has an owner.
  var isAssigned: Bool {
    hasStarted && workers.allSatisfy { $0.partitions != nil }
      && workers.reduce(0) { $0 + ($1.partitions ?? 0) } == partitionCount
  }

  /// Notes that all workers have joined, the first time they have.
  ///
  /// - Returns: Whether this was the first time.
  mutating func settle() -> Bool {
    guard isAssigned, !hasSettled else { return false }
    hasSettled = true
    return true
  }

  /// Whether everything that was there at the start is answered.
  var isCaughtUp: Bool { isAssigned && workers.allSatisfy(\.isCaughtUp) }

  /// How many workers run.
  var running: Int { hasStarted ? workers.count { !$0.hasEnded } : 0 }

  /// Whether nothing runs any more, and nothing will be started.
  var isOver: Bool { running == 0 && (hasStarted || isStopping) }

  /// Notes that the workers are being started.
  ///
  /// - Parameter partitions: The number of partitions to be shared out.
  /// - Returns: False when they must not be: a shutdown came first, or they were started before.
  mutating func start(partitions: Int) -> Bool {
    guard !hasStarted, !isStopping else { return false }
    hasStarted = true
    partitionCount = partitions
    return true
  }

  /// Notes that the workers are asked to leave.
  ///
  /// - Returns: False when they were asked before.
  mutating func beginShutdown() -> Bool {
    guard !isStopping else { return false }
    isStopping = true
    return true
  }

  /// Notes what a worker's loop said.
  mutating func note(_ event: LoopEvent, worker: Int) {
    switch event {
    case .assigned(let partitions):
      workers[worker].partitions = partitions.count
      workers[worker].isCaughtUp = false
    case .released:
      workers[worker].partitions = nil
      workers[worker].isCaughtUp = false
    case .caughtUp: workers[worker].isCaughtUp = true
    default: break
    }
  }

  /// Notes that a worker has ended.
  mutating func end(_ worker: Int) { workers[worker].hasEnded = true }
}
