import Synchronization
import Testing

@testable import ModelTraining

@Suite("concurrentMap")
struct ConcurrentMapTests {
  struct Failure: Error, Equatable { let index: Int }

  @Test("Results come in the order of the elements", arguments: [0, 1, 2, 7, 500])
  func order(_ width: Int) throws {
    let results = try concurrentMap(Array(0..<100), width: width) { $0 * $0 }
    #expect(results == (0..<100).map { $0 * $0 })
  }

  @Test("No element gives no result")
  func empty() throws {
    #expect(try concurrentMap([Int](), width: 4) { $0 }.isEmpty)
  }

  @Test("The first failure in the order of the elements is thrown, and later elements are not begun")
  func failure() {
    let begun = Mutex(0)
    let error = #expect(throws: Failure.self) {
      try concurrentMap(Array(0..<1_000), width: 2) { index in
        begun.withLock { $0 += 1 }
        if index >= 3 { throw Failure(index: index) }
      }
    }
    #expect(error == Failure(index: 3))
    #expect(begun.withLock { $0 } <= 6)
  }
}
