import CreditEvents
import Synchronization

/// Names the applications that come over HTTP as a topic's coordinates name records: once, for ever.
///
/// The numbers start at the microseconds since 1970 when the process started, so that a later process of the same instance
/// begins beyond every number that an earlier one has given, as long as it answered less than a million a second.
final class SourceNumbers: Sendable {
  private let topic: String
  private let next: Atomic<Int64>

  init(instance: String, startMicroseconds: Int64) {
    topic = "http." + instance
    next = Atomic(startMicroseconds)
  }

  /// The coordinates of the next application.
  func take() -> RecordCoordinates {
    RecordCoordinates(topic: topic, partition: 0, offset: next.wrappingAdd(1, ordering: .relaxed).oldValue)
  }
}
