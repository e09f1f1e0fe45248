import Foundation
import Simulation

/// Applications as if they were made now, so that latencies mean something.
struct LiveSource: ApplicationSource {
  private var source: any ApplicationSource

  init(_ source: any ApplicationSource) {
    self.source = source
  }

  var expectedCount: Int? { source.expectedCount }

  mutating func next() throws -> OutgoingApplication? {
    guard var record = try source.next() else { return nil }
    record.eventTimeMilliseconds = Int64((Date().timeIntervalSince1970 * 1_000).rounded())
    return record
  }
}
