import Dispatch
import Synchronization

/// Applies a function to each element, several at a time, and keeps the results in order.
///
/// Boosting is run as many single-threaded fits side by side rather than as one fit on many threads: the
/// machine is used as well, and the sums inside each fit run in one order, so the trees are the same bytes
/// on any number of cores.
///
/// - Parameters:
///   - elements: The elements.
///   - width: The largest number of calls at one time; does not change the results.
///   - body: The function; called on several threads.
/// - Returns: One result per element, in their order.
/// - Throws: The error of the first element, in their order, that failed; later ones are then not begun.
func concurrentMap<Element: Sendable, Result: Sendable>(
  _ elements: [Element],
  width: Int,
  _ body: @Sendable (Element) throws -> Result
) throws -> [Result] {
  try concurrentMap(elements, width: width, worker: {}) { _, element in try body(element) }
}

/// Applies a function to each element, several at a time, each thread with a worker of its own.
///
/// For what is confined to one thread and costs too much to be made anew for each element.
///
/// - Parameters:
///   - elements: The elements.
///   - width: The largest number of calls at one time; does not change the results.
///   - worker: Makes the worker of a thread.
///   - body: The function; called on several threads.
/// - Returns: One result per element, in their order.
/// - Throws: The error of the first element, in their order, that failed; later ones are then not begun.
func concurrentMap<Element: Sendable, Result: Sendable, Worker>(
  _ elements: [Element],
  width: Int,
  worker: @Sendable () -> Worker,
  _ body: @Sendable (Worker, Element) throws -> Result
) throws -> [Result] {
  let state = Mutex(ConcurrentMapState<Result>(count: elements.count))
  DispatchQueue.concurrentPerform(iterations: max(1, min(width, elements.count))) { _ in
    let mine = worker()
    while let index = state.withLock({ $0.takeNext() }) {
      let result = Swift.Result { try body(mine, elements[index]) }
      state.withLock { $0.finish(index, with: result) }
    }
  }
  return try state.withLock { state in try state.results.compactMap { try $0?.get() } }
}

/// Which elements were begun, and what came of them.
private struct ConcurrentMapState<Value: Sendable>: Sendable {
  private(set) var results: [Result<Value, any Error>?]
  private var next = 0
  private var hasFailed = false

  init(count: Int) {
    results = Array(repeating: nil, count: count)
  }

  mutating func takeNext() -> Int? {
    guard !hasFailed, next < results.count else { return nil }
    defer { next += 1 }
    return next
  }

  mutating func finish(_ index: Int, with result: Result<Value, any Error>) {
    results[index] = result
    if case .failure = result { hasFailed = true }
  }
}
