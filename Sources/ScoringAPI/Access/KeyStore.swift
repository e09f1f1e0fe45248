import Foundation
import Logging
import Synchronization
import Telemetry

/// The keys in force, read again when their file changes; a file that cannot be read leaves the old keys in force.
final class KeyStore: Sendable {
  private struct State {
    var ring: KeyRing
    var content: Data?
  }

  private let path: String?
  private let defaultRate: Int
  private let state: Mutex<State>

  /// Reads the keys for the first time.
  ///
  /// - Throws: `SettingsError` when the file is refused.
  init(path: String?, defaultRate: Int) throws {
    self.path = path
    self.defaultRate = defaultRate
    let content = path.flatMap { FileManager.default.contents(atPath: $0) }
    let ring = try path.map { try KeyFile.ring(path: $0, defaultRate: defaultRate) } ?? KeyRing(keys: [])
    state = Mutex(State(ring: ring, content: content))
  }

  /// Whether callers need a key.
  var isRequired: Bool { path != nil }

  /// The keys in force.
  var ring: KeyRing { state.withLock { $0.ring } }

  /// Looks at the file and takes it over if it changed.
  ///
  /// - Returns: Whether it was taken over; nil when it had not changed.
  /// - Throws: What is wrong with the new file, once for each change.
  func refresh() throws -> Bool? {
    guard let path, let content = FileManager.default.contents(atPath: path) else { return nil }
    let isNew = state.withLock { state in
      guard state.content != content else { return false }
      state.content = content
      return true
    }
    guard isNew else { return nil }
    let ring = try KeyFile.ring(path: path, defaultRate: defaultRate)
    state.withLock { $0.ring = ring }
    return true
  }
}
