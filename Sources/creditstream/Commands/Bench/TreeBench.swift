import Foundation
import TreeEnsemble
import XGBoost

/// Lets our engine and libxgboost take turns on the same rows, and keeps what each call cost.
struct TreeBench {
  private static let batchCount = 1000
  private static let evictedBytes = 1 << 20

  private let ensemble: TreeEnsemble
  private let booster: PeerBooster
  private let rows: UnsafeBufferPointer<Float>
  private let rowCount: Int
  private let width: Int
  private let turns: Int
  private let singles: [PeerBooster.Rows]
  private let bar = ProgressBar("measuring")
  private var margins: [Float]
  private var shares: [Double]
  private var foreign = [UInt8](repeating: 1, count: Self.evictedBytes)
  private var ourRow = 0
  private var theirRow = 0

  init(_ ensemble: TreeEnsemble, _ booster: PeerBooster, rows: UnsafeBufferPointer<Float>, turns: Int) {
    self.ensemble = ensemble
    self.booster = booster
    self.rows = rows
    self.turns = turns
    width = ensemble.featureCount
    rowCount = rows.count / width
    margins = Array(repeating: 0, count: rowCount)
    shares = Array(repeating: 0, count: Self.batchCount * (width + 1))
    singles = (0..<rowCount).map { [width] row in
      PeerBooster.Rows(UnsafeBufferPointer(rebasing: rows[row * width..<(row + 1) * width]), rowCount: 1)
    }
  }

  /// The time of a clock that never goes back: for single calls, which are mostly too short to be interrupted.
  @inline(__always)
  private static func nanoseconds() -> Int { nanoseconds(CLOCK_MONOTONIC) }

  /// The time this thread has worked: for long calls, in the midst of which the machine may do something else.
  private static func workedNanoseconds() -> Int { nanoseconds(CLOCK_THREAD_CPUTIME_ID) }

  @inline(__always)
  private static func nanoseconds(_ clock: clockid_t) -> Int {
    var time = timespec()
    clock_gettime(clock, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  /// Compares, then measures.
  mutating func run() throws -> TreeBenchReport {
    var report = TreeBenchReport()
    try compare(&report)
    bar.show(0.05, "single rows")
    report.measurements.append(try single("single row, hot", evicts: false))
    bar.show(0.3, "evicted")
    report.measurements.append(try single("single row, 1 MB evicted", evicts: true))
    bar.show(0.5, "batches")
    report.measurements.append(try batch())
    bar.show(0.7, "contributions")
    report.measurements.append(try contributions("contributions, single row", count: 1))
    bar.show(0.85, "contributions of batches")
    report.measurements.append(try contributions("contributions, batch", count: contributionCount))
    bar.finish()
    return report
  }

  /// So many rows that a call takes milliseconds, not seconds.
  private var contributionCount: Int {
    min(rowCount, max(16, min(256, 2_000_000 / (ensemble.treeCount << min(ensemble.depth, 10)))))
  }

  private mutating func compare(_ report: inout TreeBenchReport) throws {
    let theirs = try booster.margins(PeerBooster.Rows(rows, rowCount: rowCount))
    margins.withUnsafeMutableBufferPointer { [ensemble, rows, rowCount] in
      ensemble.margins(rows, rowCount: rowCount, into: $0)
    }
    report.comparedRows = rowCount
    report.differentMargins = zip(margins, theirs).count { $0.bitPattern != $1.bitPattern }
    let count = min(rowCount, 64)
    let matrix = try booster.matrix(PeerBooster.Rows(part(0, count), rowCount: count))
    let expected = try booster.contributions(matrix)
    let input = part(0, count)
    shares.withUnsafeMutableBufferPointer { [ensemble] in
      ensemble.contributions(input, rowCount: count, into: $0)
    }
    for row in 0..<count {
      var sum = 0.0
      for column in 0...width {
        let share = shares[row * (width + 1) + column]
        sum += share
        let difference = abs(share - Double(expected[row * (width + 1) + column]))
        report.largestContributionDifference = max(report.largestContributionDifference, difference)
      }
      report.largestAdditivityError = max(report.largestAdditivityError, abs(sum - Double(margins[row])))
    }
  }

  private func part(_ first: Int, _ count: Int) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(rebasing: rows[first * width..<(first + count) * width])
  }

  /// Each turn begins with calls that do not count, since the other one has just had the caches.
  private mutating func single(_ name: String, evicts: Bool) throws -> TreeMeasurement {
    var measurement = TreeMeasurement(name: name, rowsPerCall: 1)
    let unmeasured = evicts ? 2 : 20
    var sum: Float = 0
    for _ in 0..<turns * 4 {
      for call in 0..<unmeasured + 15 {
        if evicts { evict() }
        let start = Self.nanoseconds()
        sum += ensemble.margin(part(ourRow, 1))
        let end = Self.nanoseconds()
        if call >= unmeasured { measurement.ours.append(end - start) }
        ourRow = (ourRow + 1) % rowCount
      }
      for call in 0..<unmeasured + 15 {
        if evicts { evict() }
        let start = Self.nanoseconds()
        sum += try booster.margins(singles[theirRow])[0]
        let end = Self.nanoseconds()
        if call >= unmeasured { measurement.theirs.append(end - start) }
        theirRow = (theirRow + 1) % rowCount
      }
    }
    margins[0] = sum
    return measurement
  }

  private mutating func evict() {
    for index in stride(from: 0, to: foreign.count, by: 64) { foreign[index] &+= 1 }
  }

  private mutating func batch() throws -> TreeMeasurement {
    let count = min(Self.batchCount, rowCount)
    var measurement = TreeMeasurement(name: "batch of \(count)", rowsPerCall: count)
    let starts = Array(stride(from: 0, through: rowCount - count, by: count))
    let batches = starts.map { PeerBooster.Rows(part($0, count), rowCount: count) }
    for turn in 0..<turns {
      let index = turn % starts.count
      let input = part(starts[index], count)
      var start = Self.workedNanoseconds()
      margins.withUnsafeMutableBufferPointer { [ensemble] in
        ensemble.margins(input, rowCount: count, into: $0)
      }
      measurement.ours.append(Self.workedNanoseconds() - start)
      start = Self.workedNanoseconds()
      _ = try booster.margins(batches[index])
      measurement.theirs.append(Self.workedNanoseconds() - start)
    }
    return measurement
  }

  private mutating func contributions(_ name: String, count: Int) throws -> TreeMeasurement {
    let isSingle = count == 1
    var measurement = TreeMeasurement(
      name: isSingle ? name : "\(name) of \(count)",
      rowsPerCall: count,
      isContributions: true
    )
    let starts = Array(stride(from: 0, through: rowCount - count, by: count).prefix(64))
    let matrices = try starts.map { try booster.matrix(PeerBooster.Rows(part($0, count), rowCount: count)) }
    let unmeasured = isSingle ? 1 : 0
    let measured = isSingle ? 4 : 1
    for turn in 0..<(isSingle ? turns : max(5, turns / 4)) {
      for call in 0..<unmeasured + measured {
        let input = part(starts[(turn * measured + call) % starts.count], count)
        let start = Self.workedNanoseconds()
        shares.withUnsafeMutableBufferPointer { [ensemble] in
          ensemble.contributions(input, rowCount: count, into: $0)
        }
        let end = Self.workedNanoseconds()
        if call >= unmeasured { measurement.ours.append(end - start) }
      }
      for call in 0..<unmeasured + measured {
        let matrix = matrices[(turn * measured + call) % starts.count]
        let start = Self.workedNanoseconds()
        _ = try booster.contributions(matrix)
        let end = Self.workedNanoseconds()
        if call >= unmeasured { measurement.theirs.append(end - start) }
      }
    }
    return measurement
  }
}
