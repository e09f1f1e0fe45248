/// Sorts any number of records by their keys in bounded memory.
///
/// Records are collected in memory; whenever they exceed the budget they are written, sorted, to a temporary file
/// that has no name any more, so that nothing is left behind whatever happens. At the end the parts are merged
/// while they are read. Keys are compared byte by byte; records of equal keys keep the order in which they came.
///
/// The memory is the budget, plus 64 KiB for each part that is merged, of which there are at most 64 at a time.
final class ExternalSorter {
  /// The usual budget in bytes.
  static let standardBudget = 64 << 20
  /// The most parts that are merged at a time.
  private static let maximumParts = 64

  /// One record in memory: where it lies and the head of its key, which decides most comparisons.
  private struct Entry {
    var head: UInt64
    var start: Int
    var keyCount: Int
    var payloadCount: Int
  }

  private let budget: Int
  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  private var parts: [SortedPart] = []

  /// The number of records.
  private(set) var count = 0
  /// How many parts have been written to disk, for tests of the budget.
  private(set) var spillCount = 0

  /// Prepares to sort.
  ///
  /// - Parameter budget: How many bytes are held in memory.
  init(budget: Int = ExternalSorter.standardBudget) { self.budget = budget }

  /// Adds a record.
  ///
  /// - Parameters:
  ///   - key: What it is sorted by.
  ///   - payload: The rest of it.
  /// - Throws: ``TableError`` `cannotWrite` when the temporary folder is full.
  func add(key: [UInt8], payload: [UInt8]) throws(TableError) {
    var head: UInt64 = 0
    for index in 0..<8 { head = head << 8 | UInt64(index < key.count ? key[index] : 0) }
    entries.append(Entry(head: head, start: bytes.count, keyCount: key.count, payloadCount: payload.count))
    bytes.append(contentsOf: key)
    bytes.append(contentsOf: payload)
    count += 1
    if bytes.count + entries.count * MemoryLayout<Entry>.stride >= budget { try spill() }
  }

  /// Ends the collection and gives the records in order.
  ///
  /// - Returns: A reader from the first record on; the sorter is empty then.
  /// - Throws: ``TableError`` when a temporary file cannot be written or read.
  func sorted() throws(TableError) -> SortedRecords {
    sortEntries()
    let order = entries
    let text = bytes
    entries = []
    bytes = []
    let inMemory = MemoryPart(
      records: order.map { ($0.start, $0.keyCount, $0.payloadCount) },
      bytes: text
    )
    var all: [any SortedSource] = []
    for part in parts { all.append(try part.reader()) }
    all.append(inMemory)
    parts = []
    return try SortedRecords(all)
  }

  private func sortEntries() {
    bytes.withUnsafeBufferPointer { bytes in
      entries.sort { left, right in
        if left.head != right.head { return left.head < right.head }
        let common = min(left.keyCount, right.keyCount)
        for index in 0..<common {
          let (a, b) = (bytes[left.start + index], bytes[right.start + index])
          if a != b { return a < b }
        }
        if left.keyCount != right.keyCount { return left.keyCount < right.keyCount }
        return left.start < right.start
      }
    }
  }

  private func spill() throws(TableError) {
    sortEntries()
    let part = try SortedPart()
    for entry in entries {
      let key = bytes[entry.start..<entry.start + entry.keyCount]
      let payload = bytes[entry.start + entry.keyCount..<entry.start + entry.keyCount + entry.payloadCount]
      try part.append(key: key, payload: payload)
    }
    try part.finish()
    entries.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    parts.append(part)
    spillCount += 1
    if parts.count == Self.maximumParts { try mergeParts() }
  }

  /// Makes one part of all, so that their number stays bounded.
  private func mergeParts() throws(TableError) {
    var readers: [any SortedSource] = []
    for part in parts { readers.append(try part.reader()) }
    let records = try SortedRecords(readers)
    let merged = try SortedPart()
    while try records.next() { try merged.append(key: records.key[...], payload: records.payload[...]) }
    try merged.finish()
    parts = [merged]
  }
}

/// Records in order, one at a time.
protocol SortedSource: AnyObject {
  /// The key of the current record.
  var key: [UInt8] { get }
  /// The rest of the current record.
  var payload: [UInt8] { get }

  /// Goes to the next record; false at the end.
  func next() throws(TableError) -> Bool
}

/// Records that never left memory.
private final class MemoryPart: SortedSource {
  private(set) var key: [UInt8] = []
  private(set) var payload: [UInt8] = []
  private let records: [(start: Int, keyCount: Int, payloadCount: Int)]
  private let bytes: [UInt8]
  private var index = 0

  init(records: [(start: Int, keyCount: Int, payloadCount: Int)], bytes: [UInt8]) {
    self.records = records
    self.bytes = bytes
  }

  func next() -> Bool {
    guard index < records.count else { return false }
    let record = records[index]
    index += 1
    key.removeAll(keepingCapacity: true)
    key.append(contentsOf: bytes[record.start..<record.start + record.keyCount])
    payload.removeAll(keepingCapacity: true)
    let start = record.start + record.keyCount
    payload.append(contentsOf: bytes[start..<start + record.payloadCount])
    return true
  }
}

/// All records of several parts in order, the current one at hand.
final class SortedRecords {
  /// The key of the current record.
  var key: [UInt8] { sources[current].key }
  /// The rest of the current record.
  var payload: [UInt8] { sources[current].payload }

  private let sources: [any SortedSource]
  /// The sources that have a current record.
  private var isAlive: [Bool]
  private var current = -1

  fileprivate init(_ sources: [any SortedSource]) throws(TableError) {
    self.sources = sources
    isAlive = sources.map { _ in true }
    for index in sources.indices { isAlive[index] = try sources[index].next() }
  }

  /// Goes to the next record.
  ///
  /// - Returns: False at the end.
  /// - Throws: ``TableError`` when a temporary file cannot be read.
  func next() throws(TableError) -> Bool {
    if current >= 0 { isAlive[current] = try sources[current].next() }
    current = -1
    // At most 65 parts: a comparison with each costs less than keeping a heap of classes.
    for index in sources.indices where isAlive[index] {
      // Of equal keys the earlier part comes first.
      if current < 0 || sources[index].key.lexicographicallyPrecedes(sources[current].key) { current = index }
    }
    return current >= 0
  }
}
