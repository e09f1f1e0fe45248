import ScoringStream
import TestSupport

/// What goes wrong in one schedule, and how long things take; everything follows from the seed.
struct Faults {
  /// What happens to one request.
  enum Fault {
    case none
    /// It never arrives.
    case before(CallFailure)
    /// It arrives, but the client hears of a failure.
    case after(CallFailure)
    /// The client hears of a failure; the request arrives later.
    case delayed(CallFailure, Int64)
  }

  private var random: SplitMix64
  /// In thousandths.
  private let rate: Int
  private let refetchRate: Int
  private let slowness: Int
  /// Whether failures may blame a record that has done nothing; three in a row then condemn it.
  let blamesFalsely: Bool
  /// Cleared when the faulty part of a schedule is over.
  var areActive = true

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    rate = [0, 10, 40, 120, 250][Int(random.next() % 5)]
    refetchRate = [0, 0, 20][Int(random.next() % 3)]
    slowness = [2, 10, 40][Int(random.next() % 3)]
    blamesFalsely = random.next() % 8 == 0
  }

  mutating func number(below bound: Int) -> Int { Int(random.next() % UInt64(max(bound, 1))) }

  /// Whether something happens that happens this often, in thousandths.
  mutating func chance(_ thousandths: Int) -> Bool { number(below: 1_000) < thousandths }

  /// Whether a request without side effects fails.
  var strikes: Bool { mutating get { areActive && chance(rate) } }

  /// Whether the consumer delivers the record it has just delivered once more.
  var refetches: Bool { mutating get { areActive && refetchRate > 0 && chance(refetchRate) } }

  mutating func passing() -> CallFailure { CallFailure(.retriable, reason: "simulated") }

  /// Chooses what happens to a request.
  ///
  /// - Parameters:
  ///   - applied: Failures that may be reported although the request took effect.
  ///   - notApplied: Failures that may be reported when it did not.
  ///   - delayed: Failures that may be reported while the request is still under way.
  /// - Returns: What happens to the request.
  mutating func fault(
    applied: [CallFailure.Kind],
    notApplied: [CallFailure.Kind],
    delayed: [CallFailure.Kind] = []
  ) -> Fault {
    guard strikes else { return .none }
    let choice = number(below: applied.count + notApplied.count + delayed.count)
    if choice < applied.count { return .after(failure(applied[choice])) }
    if choice < applied.count + notApplied.count {
      return .before(failure(notApplied[choice - applied.count]))
    }
    let kind = delayed[choice - applied.count - notApplied.count]
    return .delayed(failure(kind), Int64(1 + number(below: 400)))
  }

  private func failure(_ kind: CallFailure.Kind) -> CallFailure {
    CallFailure(kind, blamesRecord: blamesFalsely && kind == .requiresAbort, reason: "simulated")
  }

  mutating func duration(of call: LoopEffect) -> Int64 {
    switch call {
    case .poll: Int64(number(below: 3))
    default: Int64(number(below: slowness))
    }
  }

  mutating func markerDelay() -> Int64 { chance(500) ? 0 : Int64(number(below: 30)) }
}
