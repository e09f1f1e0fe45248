import CreditEvents

/// Outcomes in the order in which they become known: a binary heap.
///
/// Equal times keep the order in which they were added, so that the same run gives the same topic.
struct OutcomeQueue {
  private struct Entry {
    var outcome: LoanOutcome
    var number: Int

    func precedes(_ other: Entry) -> Bool {
      (outcome.knownAtMilliseconds, number) < (other.outcome.knownAtMilliseconds, other.number)
    }
  }

  private var heap: [Entry] = []
  private var added = 0

  var count: Int { heap.count }

  mutating func add(_ outcome: LoanOutcome) {
    heap.append(Entry(outcome: outcome, number: added))
    added += 1
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].precedes(heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  /// Removes the earliest outcome.
  ///
  /// - Parameter moment: Outcomes that become known later stay; nil lets none stay.
  /// - Returns: The outcome, nil if there is none.
  mutating func take(knownBy moment: Int64?) -> LoanOutcome? {
    guard let first = heap.first, moment.map({ first.outcome.knownAtMilliseconds <= $0 }) ?? true else {
      return nil
    }
    let last = heap.removeLast()
    if !heap.isEmpty {
      heap[0] = last
      sink()
    }
    return first.outcome
  }

  private mutating func sink() {
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].precedes(heap[least]) {
        least = child
      }
      guard least != parent else { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
