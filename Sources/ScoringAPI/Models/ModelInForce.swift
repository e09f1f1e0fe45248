import Synchronization

/// The model that decides, changed between two requests of an event loop.
final class ModelInForce: Sendable {
  private let model = Mutex<ServedModel?>(nil)
  /// Raised with each change, so that loops need not take the lock to see that there was none.
  private let changes = Atomic<Int>(0)

  var current: ServedModel? { model.withLock { $0 } }
  var generation: Int { changes.load(ordering: .acquiring) }

  /// Puts a model in force.
  ///
  /// - Returns: Whether it is another than before.
  @discardableResult
  func put(_ new: ServedModel) -> Bool {
    let isOther = model.withLock { model in
      guard model?.identity != new.identity else { return false }
      model = new
      return true
    }
    if isOther { changes.add(1, ordering: .releasing) }
    return isOther
  }
}
