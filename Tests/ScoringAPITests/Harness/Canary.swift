import Synchronization
import Testing

/// Stands in every request of the suite where an applicant's data or a secret would: no log line may hold it.
enum Canary {
  /// Part of the id of the usual application, and of the headers that every request has.
  static let text = "CANARY-7f3a"

  /// What every request carries beside its own headers.
  static let headers = ["User-Agent": text, "Cookie": "session=\(text)", "X-Applicant": text]

  /// The keys that were presented so far, right or wrong.
  private static let keys = Mutex<Set<String>>([])

  /// Notes the key of a request.
  static func note(authorization: String?) {
    guard let key = authorization?.split(separator: " ").last, key.utf8.count >= 16 else { return }
    keys.withLock { _ = $0.insert(String(key)) }
  }

  /// Looks through everything that a server has logged.
  static func search(_ log: String) {
    #expect(log.contains("Listening"))
    #expect(!log.contains(text), "an applicant's data in the log")
    for key in keys.withLock({ $0 }) { #expect(!log.contains(key), "a key in the log") }
  }
}
