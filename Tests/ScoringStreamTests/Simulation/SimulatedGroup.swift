/// A model of the group coordinator: generations, static members, an eager rebalance that waits for everybody.
struct SimulatedGroup {
  /// What a client says about itself when it commits (KIP-447).
  struct Membership: Equatable {
    var instance: Int
    var member: Int
    var generation: Int
  }

  private struct Member {
    /// The id of the client that joined last under this instance name; older ones are fenced.
    var id: Int
    var hasJoined = true
    var assigned: [Int32] = []
    var lastSeen: Int64
  }

  let sessionTimeout: Int64 = 4_000
  private let rebalanceTimeout: Int64 = 3_000
  private let partitions: Int
  private var members: [Member?]
  private var nextID = 1
  private(set) var generation = 1
  private var rebalanceSince: Int64?
  private var rotation = 0
  private var advancedTo: Int64 = -1

  init(instances: Int, partitions: Int) {
    members = Array(repeating: nil, count: instances)
    self.partitions = partitions
  }

  /// What an instance's current client owns, once the group is stable.
  func assignment(of instance: Int) -> [Int32]? {
    rebalanceSince == nil ? members[instance]?.assigned : nil
  }

  /// Whether a client is the one that the coordinator knows under its instance name; nil: it knows none.
  func isCurrent(_ instance: Int, _ id: Int) -> Bool? { members[instance].map { $0.id == id } }

  /// Whether a client must let go and join again.
  func awaits(_ instance: Int) -> Bool {
    guard rebalanceSince != nil, let member = members[instance] else { return false }
    return !member.hasJoined
  }

  func verdict(on membership: Membership) -> SimulatedCluster.Reply {
    guard let member = members[membership.instance] else { return .illegalGeneration }
    guard member.id == membership.member else { return .fenced }
    return membership.generation == generation ? .done : .illegalGeneration
  }

  /// A client joins under an instance name; a known name keeps its partitions without a rebalance.
  mutating func join(_ instance: Int, at now: Int64) -> Int {
    let id = nextID
    nextID += 1
    if var known = members[instance] {
      known.id = id
      known.hasJoined = true
      known.lastSeen = now
      members[instance] = known
      if rebalanceSince != nil { completeIfPossible(at: now) }
    } else {
      members[instance] = Member(id: id, lastSeen: now)
      rebalance(at: now)
      members[instance]?.hasJoined = true
      completeIfPossible(at: now)
    }
    return id
  }

  /// A client has let go of its partitions and waits for the next generation.
  mutating func rejoin(_ instance: Int, _ id: Int, at now: Int64) {
    guard members[instance]?.id == id else { return }
    members[instance]?.hasJoined = true
    members[instance]?.lastSeen = now
    completeIfPossible(at: now)
  }

  mutating func heartbeat(_ instance: Int, _ id: Int, at now: Int64) {
    guard members[instance]?.id == id else { return }
    members[instance]?.lastSeen = now
  }

  /// Starts a rebalance, as when topics change or an operator asks for it.
  mutating func rebalance(at now: Int64) {
    guard rebalanceSince == nil else { return }
    rebalanceSince = now
    rotation += 1
    for index in members.indices { members[index]?.hasJoined = false }
    completeIfPossible(at: now)
  }

  /// Throws out who was not heard of, and ends a rebalance that has waited long enough.
  mutating func advance(to now: Int64) {
    guard now > advancedTo else { return }
    advancedTo = now
    for index in members.indices {
      if let member = members[index], now - member.lastSeen > sessionTimeout {
        members[index] = nil
        rebalance(at: now)
      }
    }
    if let since = rebalanceSince, now - since > rebalanceTimeout {
      for index in members.indices where members[index]?.hasJoined == false { members[index] = nil }
      completeIfPossible(at: now)
    }
  }

  private mutating func completeIfPossible(at now: Int64) {
    guard rebalanceSince != nil, members.allSatisfy({ $0?.hasJoined ?? true }) else { return }
    rebalanceSince = nil
    generation += 1
    let present = members.indices.filter { members[$0] != nil }
    for index in present { members[index]?.assigned = [] }
    guard !present.isEmpty else { return }
    for partition in 0..<partitions {
      members[present[(partition + rotation) % present.count]]?.assigned.append(Int32(partition))
    }
  }
}
