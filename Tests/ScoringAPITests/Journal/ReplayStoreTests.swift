import NIOCore
import Testing

@testable import ScoringAPI

@Suite("ReplayStore")
struct ReplayStoreTests {
  private func reply(_ bytes: Int) -> Reply { Reply(body: ByteBuffer(repeating: 1, count: bytes)) }

  @Test("A key is new, then in use, then known, and names one request")
  func lifeOfAKey() throws {
    let store = ReplayStore()
    #expect(try store.reply("k", digest: [1]) == nil)
    #expect(throws: Problem.self) { try store.reply("k", digest: [1]) }
    store.finish("k", reply(3))
    #expect(try store.reply("k", digest: [1])?.body.readableBytes == 3)
    #expect(throws: Problem.self) { try store.reply("k", digest: [2]) }
    #expect(try store.reply("j", digest: [2]) == nil)
    store.abandon("j")
    #expect(try store.reply("j", digest: [3]) == nil)
  }

  @Test("Number, bytes and age are bounded; the oldest go first")
  func bounds() {
    let store = ReplayStore(maximumEntries: 3, maximumBytes: 100, lifetime: .seconds(1))
    let now = NIODeadline.now()
    func begin(_ key: String, _ now: NIODeadline) -> Bool {
      if case .new = store.begin(key, digest: [], now: now) { return true }
      return false
    }
    for key in ["a", "b", "c"] {
      #expect(begin(key, now))
      store.finish(key, reply(30))
    }
    #expect(!begin("a", now))
    #expect(begin("d", now))
    #expect(begin("a", now))
    #expect(!begin("c", now))
    #expect(begin("c", now + .seconds(2)))
    let heavy = ReplayStore(maximumEntries: 10, maximumBytes: 100, lifetime: .seconds(1))
    _ = heavy.begin("x", digest: [], now: now)
    heavy.finish("x", reply(80))
    _ = heavy.begin("y", digest: [], now: now)
    heavy.finish("y", reply(80))
    guard case .new = heavy.begin("x", digest: [], now: now) else {
      Issue.record("the oldest was kept beyond the bytes")
      return
    }
  }
}
