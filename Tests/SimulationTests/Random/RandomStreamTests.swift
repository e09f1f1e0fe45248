import Testing

@testable import Simulation

@Suite("RandomStream")
struct RandomStreamTests {
  @Test("The sequences are those of the JDK's SplitMix64")
  func sequences() throws {
    let lines = try Fixture.lines("split_mix_64.tsv").map { try $0.map { try #require(UInt64($0)) } }
    #expect(lines.count == 6)
    for line in lines {
      var random = RandomStream(seed: line[0])
      #expect(line.dropFirst().map { _ in random.next() } == Array(line.dropFirst()))
    }
  }

  @Test("Each row has a sequence of its own, and so has each name")
  func independence() {
    let a = RandomStream.source(seed: 1, name: "a")
    let b = RandomStream.source(seed: 1, name: "b")
    let other = RandomStream.source(seed: 2, name: "a")
    var seen: Set<UInt64> = []
    for source in [a, b, other] {
      for row in 0..<1000 {
        var random = RandomStream(source: source, row: row)
        seen.insert(random.next())
      }
    }
    #expect(seen.count == 3000)
  }

  @Test("Numbers of neighbouring rows and of two names do not go together")
  func correlation() {
    let count = 20_000
    func numbers(_ name: String) -> [Double] {
      let source = RandomStream.source(seed: 9, name: name)
      return (0...count).map { row in
        var random = RandomStream(source: source, row: row)
        return random.normal()
      }
    }
    let (x, y) = (numbers("x"), numbers("y"))
    // The mean of products of independent standard normal numbers: four standard deviations are 0.028.
    let neighbours = (0..<count).reduce(0) { $0 + x[$1] * x[$1 + 1] } / Double(count)
    let names = (0..<count).reduce(0) { $0 + x[$1] * y[$1] } / Double(count)
    #expect(abs(neighbours) < 0.028)
    #expect(abs(names) < 0.028)
  }

  @Test("A unit number is never 0 and never 1")
  func openInterval() {
    // What the extreme 64-bit numbers become.
    #expect((Double(UInt64.max >> 12) + 0.5) * 0x1p-52 < 1)
    #expect((Double(0) + 0.5) * 0x1p-52 > 0)
    var random = RandomStream(seed: 3)
    let numbers = (0..<10_000).map { _ in random.unit() }
    #expect(numbers.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(abs(numbers.reduce(0, +) / 10_000 - 0.5) < 0.012)
  }
}
