/// How far each input partition has been counted; keeps every event from being counted twice.
public struct OffsetLedger: Sendable, Equatable {
  /// What becomes of a partial.
  public enum Admission: Sendable, Equatable {
    /// It begins where the last one ended, or is the partition's first: it is counted.
    case counted
    /// It begins later: it is counted, and so many offsets before it never were.
    case countedAfterGap(missing: Int64)
    /// Its offsets were counted before: it is dropped.
    case duplicate
    /// Some of its offsets were counted before and some not: it is refused, and the operators must know.
    case straddles(mark: Int64)
  }

  /// By partition, the offset after the last one counted.
  public private(set) var marks: [Int32: Int64] = [:]

  /// Begins with nothing counted.
  public init() {}

  /// Continues from marks that were written down.
  ///
  /// - Parameter marks: By partition, the offset after the last one counted.
  public init(marks: [Int32: Int64]) { self.marks = marks }

  /// Decides what becomes of a partial, and moves the mark if it is counted.
  ///
  /// - Parameters:
  ///   - offsets: The offsets covered, not empty.
  ///   - partition: The input partition.
  /// - Returns: The verdict.
  public mutating func admit(_ offsets: Range<Int64>, of partition: Int32) -> Admission {
    guard let mark = marks[partition] else {
      marks[partition] = offsets.upperBound
      return .counted
    }
    if offsets.upperBound <= mark { return .duplicate }
    if offsets.lowerBound < mark { return .straddles(mark: mark) }
    marks[partition] = offsets.upperBound
    return offsets.lowerBound == mark ? .counted : .countedAfterGap(missing: offsets.lowerBound - mark)
  }
}
