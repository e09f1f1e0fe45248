import Synchronization

/// A ``RegistryFollower`` that several threads may ask, one after the other.
final class RegistryFollowing: Sendable {
  private let follower: Mutex<RegistryFollower>

  init(_ follower: sending RegistryFollower) { self.follower = Mutex(follower) }

  /// Takes the model for the start.
  ///
  /// - Throws: `RegistryError` when there is none that can be used.
  func start() throws { try follower.withLock { try $0.start() } }

  /// Looks once for something new.
  ///
  /// - Throws: `RegistryError` when the registry cannot say.
  func look() throws { try follower.withLock { try $0.look(now: APIClock.wallMilliseconds()) } }
}
