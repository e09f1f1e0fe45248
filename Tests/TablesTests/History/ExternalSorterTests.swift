import TestSupport
import Testing

@testable import Tables

@Suite("External sorter")
struct ExternalSorterTests {
  @Test(
    "Keeps the order of keys, and of equal keys the order they came in",
    arguments: [100, 3_000, 1 << 20]
  )
  func sorts(budget: Int) throws {
    var random = SplitMix64(seed: 3)
    let sorter = ExternalSorter(budget: budget)
    var records: [(key: [UInt8], payload: [UInt8])] = []
    for number in 0..<2_000 {
      let key = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        UInt8.random(in: 0...3, using: &random)
      }
      let payload = Array("\(number)".utf8)
      records.append((key, payload))
      try sorter.add(key: key, payload: payload)
    }
    #expect(sorter.count == 2_000 && (sorter.spillCount > 0) == (budget < 1 << 20))
    let expected = records.enumerated().sorted {
      $0.element.key == $1.element.key
        ? $0.offset < $1.offset : $0.element.key.lexicographicallyPrecedes($1.element.key)
    }
    let sorted = try sorter.sorted()
    for (_, record) in expected {
      #expect(try sorted.next())
      #expect(sorted.key == record.key && sorted.payload == record.payload)
    }
    #expect(try !sorted.next())
  }

  @Test("Records larger than the buffer of a part come back whole")
  func large() throws {
    let sorter = ExternalSorter(budget: 10)
    let payload = [UInt8](repeating: 7, count: 300_000)
    try sorter.add(key: [2], payload: payload)
    try sorter.add(key: [1], payload: [])
    let sorted = try sorter.sorted()
    #expect(try sorted.next())
    #expect(sorted.payload.isEmpty)
    #expect(try sorted.next())
    #expect(sorted.payload == payload)
  }

  @Test("Numbers as keys sort like numbers, missing first")
  func numberKeys() {
    let numbers = [Double.nan, -1e300, -2, -1.5, -0.5, 0, 1e-300, 0.5, 1, 2, 1e300]
    let keys = numbers.map { HistoryKey.bytes(of: $0) }
    for (left, right) in zip(keys, keys.dropFirst()) { #expect(left.lexicographicallyPrecedes(right)) }
  }
}
