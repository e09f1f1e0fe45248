import Glibc

/// A thread of its own for work that blocks: librdkafka's calls would starve Swift's cooperative pool.
enum WorkerThread {
  /// Carries the work over into C and back.
  private final class Box {
    let work: @Sendable () -> Void
    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }

  /// Starts a detached thread.
  ///
  /// - Parameter work: Runs on the thread; the thread ends with it.
  /// - Throws: ``ScoringStreamError`` when the system refuses.
  static func start(_ work: @escaping @Sendable () -> Void) throws(ScoringStreamError) {
    let box = Unmanaged.passRetained(Box(work))
    var thread = pthread_t()
    let result = pthread_create(
      &thread,
      nil,
      { context in
        guard let context else { return nil }
        let box = Unmanaged<Box>.fromOpaque(context).takeRetainedValue()
        box.work()
        return nil
      },
      box.toOpaque()
    )
    guard result == 0 else {
      box.release()
      throw ScoringStreamError(
        .thread,
        "the system refused a thread (\(String(cString: strerror(result)))): raise its limits or use fewer workers",
        exitCode: .internalFailure
      )
    }
    pthread_detach(thread)
  }
}
