import CreditEvents
import FeaturePipeline

/// Brings the rows of all history tables into the order of the applications that they belong to.
///
/// Every table is sorted on disk by the position of its application, a nested one after it was joined with the rows
/// of its parent by their ids; so the tables may be larger than memory. What is held is the id of each application and
/// ``HistoryFolder/memoryBudget`` for each table that is being sorted: a table, and one more for each nested in it.
///
/// Rows of applications that are not asked for are passed over and counted: a folder usually serves several tables of
/// applications.
struct HistoryJoin {
  /// What rows are wanted for.
  enum Purpose {
    /// The numbers that are used, for features.
    case numbers
    /// The objects of an event, for publishing.
    case objects
  }

  private let folder: HistoryFolder
  private let plan: HistoryPlan
  private let positions: [String: Int]
  private let purpose: Purpose
  /// The ids of the rows of parents, for each nested table that waits for them.
  private var parents: [Int: ExternalSorter] = [:]
  private var summary: [String] = []
  /// The sizes of the files, by which the progress is told.
  private let sizes: [Int]

  /// Reads and sorts all tables.
  ///
  /// - Parameters:
  ///   - folder: The files.
  ///   - plan: The tables.
  ///   - positions: The position of each application by its id, from 0 on.
  ///   - purpose: What the rows are wanted for.
  /// - Returns: The rows of each application, in the order of their positions.
  /// - Throws: ``TableError`` with file and line.
  static func sorted(
    _ folder: HistoryFolder,
    plan: HistoryPlan,
    positions: [String: Int],
    purpose: Purpose
  ) throws(TableError) -> SortedHistory {
    var join = try HistoryJoin(folder: folder, plan: plan, positions: positions, purpose: purpose)
    var streams: [HistoryStream] = []
    for table in plan.tables.indices {
      streams.append(try HistoryStream(try join.sort(table).sorted()))
    }
    folder.progress(1, "")
    return SortedHistory(plan: plan, streams: streams, summary: join.summary)
  }

  private init(
    folder: HistoryFolder,
    plan: HistoryPlan,
    positions: [String: Int],
    purpose: Purpose
  ) throws(TableError) {
    self.folder = folder
    self.plan = plan
    self.positions = positions
    self.purpose = purpose
    var sizes: [Int] = []
    for table in plan.tables { sizes.append(try FileSource(try folder.file(of: table)).byteCount) }
    self.sizes = sizes
  }

  private mutating func sort(_ index: Int) throws(TableError) -> ExternalSorter {
    let table = plan.tables[index]
    let nested = plan.tables.indices.filter { plan.tables[$0].parent == index }
    let (read, size) = (sizes[..<index].reduce(0, +), sizes[index])
    // Below 1 as long as anything is left to do.
    let total = Double(sizes.reduce(1, +))
    let progress = folder.progress
    let file = try HistoryFile(try folder.file(of: table), table: table, hasNested: !nested.isEmpty) {
      share in
      progress((Double(read) + share * Double(size)) / total, table.name)
    }
    return table.parent == nil ? try sortOwn(index, file, nested) : try sortNested(index, file)
  }

  /// Sorts a table of the applications themselves.
  private mutating func sortOwn(_ index: Int, _ file: HistoryFile, _ nested: [Int]) throws(TableError)
    -> ExternalSorter
  {
    var file = file
    let rows = ExternalSorter(budget: folder.memoryBudget)
    for child in nested { parents[child] = ExternalSorter(budget: folder.memoryBudget) }
    let encoder = HistoryRowEncoder(plan.tables[index])
    var orphans = 0
    var seen = [Bool](repeating: false, count: positions.count)
    while try file.next() {
      guard let position = positions[file.key] else {
        orphans += 1
        continue
      }
      seen[position] = true
      let row = try record(file, index, encoder)
      var key = HistoryKey.bytes(of: UInt32(position)) + row.order
      if !nested.isEmpty {
        let id = Array(file.rowID.utf8)
        key += id + [0]
        let line = HistoryKey.bytes(of: UInt32(truncatingIfNeeded: file.reader.line))
        for child in nested { try parents[child]?.add(key: id, payload: line + key) }
      }
      try rows.add(key: key, payload: row.payload)
    }
    let without = seen.count { !$0 }
    summary.append(
      "\(plan.tables[index].name): \(rows.count) rows; \(orphans) rows without an application in the table are "
        + "passed over; \(without) of \(seen.count) applications have none"
    )
    return rows
  }

  /// Joins a nested table with the rows of its parent.
  private mutating func sortNested(_ index: Int, _ file: HistoryFile) throws(TableError) -> ExternalSorter {
    var file = file
    let encoder = HistoryRowEncoder(plan.tables[index])
    let children = ExternalSorter(budget: folder.memoryBudget)
    while try file.next() {
      let row = try record(file, index, encoder)
      try children.add(key: Array(file.key.utf8) + [0], payload: row.order + row.payload)
    }
    let total = children.count
    let rows = ExternalSorter(budget: folder.memoryBudget)
    guard let ids = parents.removeValue(forKey: index) else { return rows }
    try join(try children.sorted(), with: try ids.sorted(), of: index, into: rows)
    summary.append(
      "\(plan.tables[index].name): \(rows.count) rows; \(total - rows.count) rows without a row of "
        + "\(plan.tables[plan.tables[index].parent ?? 0].name) are passed over"
    )
    return rows
  }

  private func join(
    _ children: SortedRecords,
    with parents: SortedRecords,
    of index: Int,
    into rows: ExternalSorter
  ) throws(TableError) {
    let orderCount = plan.order(of: index).count * 8
    var parent: [UInt8]?
    var hasParents = try advance(parents, from: &parent, of: index)
    while try children.next() {
      let id = Array(children.key.dropLast())
      while hasParents, let current = parent, current.lexicographicallyPrecedes(id) {
        hasParents = try advance(parents, from: &parent, of: index)
      }
      guard hasParents, parent == id else { continue }
      let key = parents.payload.dropFirst(4) + children.payload.prefix(orderCount)
      try rows.add(key: Array(key), payload: Array(children.payload.dropFirst(orderCount)))
    }
    while hasParents { hasParents = try advance(parents, from: &parent, of: index) }
  }

  /// Goes to the next row of the parent, whose id must be another one.
  private func advance(
    _ parents: SortedRecords,
    from last: inout [UInt8]?,
    of index: Int
  ) throws(TableError) -> Bool {
    guard try parents.next() else { return false }
    guard parents.key != last else {
      let table = plan.tables[plan.tables[index].parent ?? 0]
      let line = parents.payload.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      throw TableError(
        .id,
        file: try folder.file(of: table),
        line: line,
        column: table.rowID,
        "the id stands in another row already, so that \(plan.tables[index].name) cannot tell them apart; keep one"
      )
    }
    last = parents.key
    return true
  }

  /// What is sorted and kept of the current row of a file.
  private func record(
    _ file: HistoryFile,
    _ index: Int,
    _ encoder: HistoryRowEncoder
  ) throws(TableError) -> (order: [UInt8], payload: [UInt8]) {
    let table = plan.tables[index]
    var numbers: [Double] = []
    numbers.reserveCapacity(table.width)
    for field in table.readFields { numbers.append(try file.number(of: field)) }
    let columns = plan.order(of: index)
    var order: [UInt8] = []
    // What is computed of nested tables is not known yet; rows that tie here are ordered by the aggregator.
    for column in columns { order += HistoryKey.bytes(of: column < numbers.count ? numbers[column] : .nan) }
    switch purpose {
    case .numbers: return (order, numbers.withUnsafeBytes { Array($0) })
    case .objects: return (order, try file.object(by: encoder))
    }
  }
}
