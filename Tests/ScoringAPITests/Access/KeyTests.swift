import Crypto
import Foundation
import NIOCore
import Settings
import TestSupport
import Testing

@testable import ScoringAPI

@Suite("Keys")
struct KeyTests {
  private func ring(_ text: String) throws -> KeyRing {
    try withTemporaryDirectory { folder in
      try Data(text.utf8).write(to: URL(filePath: folder + "/keys.yaml"))
      return try KeyFile.ring(path: folder + "/keys.yaml", defaultRate: 10)
    }
  }

  @Test("A generated key is found by its digest, and no other")
  func keysAreFound() throws {
    let (key, digest) = KeyFile.generate()
    let (other, otherDigest) = KeyFile.generate()
    #expect(key != other && key.utf8.count == 46)
    #expect(SHA256.hash(data: Data(key.utf8)).map { String(format: "%02x", $0) }.joined() == digest)
    let ring = try ring(
      "keys:\n  - {name: a, sha256: \(digest), scopes: [score]}\n  - {name: b, sha256: \(otherDigest), scopes: [read]}"
    )
    #expect(ring.key(presented: key[...])?.name == "a")
    #expect(ring.key(presented: other[...])?.name == "b")
    #expect(ring.key(presented: key.dropLast()) == nil)
    #expect(ring.key(presented: digest[...]) == nil)
    #expect(ring.key(presented: "") == nil)
  }

  @Test("A key file says everything that is wrong with it")
  func problemsAreNamed() throws {
    let text = """
      keys:
        - {name: a, sha256: zz, scopes: []}
        - {name: a, sha256: \(String(repeating: "0", count: 64)), scopes: [score], expires: tomorrow}
      """
    let error = #expect(throws: SettingsError.self) { try ring(text) }
    let message = "\(try #require(error))"
    for part in ["sha256", "scopes", "stands twice", "expires"] { #expect(message.contains(part), "\(part)") }
  }

  @Test("A bucket gives its burst, then its rate, and no more")
  func bucketsFill() {
    let start = NIODeadline.uptimeNanoseconds(1_000_000_000)
    let bucket = TokenBucket(ratePerSecond: 10, burst: 3, now: start)
    #expect((0..<3).allSatisfy { _ in bucket.take(now: start) == nil })
    #expect(bucket.take(now: start) == 0.1)
    #expect(bucket.take(now: start + .milliseconds(100)) == nil)
    #expect(bucket.take(now: start + .milliseconds(150)) != nil)
    // More than the burst is paid off afterwards.
    #expect(bucket.take(10, now: start + .seconds(10)) == nil)
    #expect(bucket.take(now: start + .milliseconds(10_700)) != nil)
    #expect(bucket.take(now: start + .milliseconds(10_800)) == nil)
  }

  @Test("Failures of one address are held back, those of another are not")
  func failuresAreThrottled() {
    let throttle = FailureThrottle()
    let now = NIODeadline.now()
    let waits = (0..<50).map { _ in throttle.fail("10.0.0.1", now: now) }
    #expect(waits.prefix(20).allSatisfy { $0 == nil })
    #expect(waits.suffix(30).allSatisfy { $0 != nil })
    #expect(throttle.fail("10.0.0.2", now: now) == nil)
  }
}
