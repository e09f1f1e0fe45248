public import DriftDetection
import ModelRegistry

/// The latest time blocks that are done, as many as hold enough events to be described.
public struct EvidenceWindow: Sendable, Equatable {
  /// The begin of the first block, milliseconds since 1970.
  public let fromMilliseconds: Int64
  /// The end of the last block.
  public let toMilliseconds: Int64
  /// What was counted in them.
  public let counts: WindowCounts

  /// Joins blocks, the latest first, until there are events enough or no more blocks.
  ///
  /// - Parameters:
  ///   - windows: The merged windows.
  ///   - events: How many events are enough.
  ///   - reference: The model's reference.
  init(_ windows: MergedWindows, events: UInt64, reference: DriftReference) {
    var sum = WindowCounts(slotCount: reference.profile.slotCount)
    var first: TimeBlock?
    var last: TimeBlock?
    for block in windows.blocks.reversed() {
      guard let done = windows.done, block.time <= done else { continue }
      sum.add(block.counts)
      first = block.time
      last = last ?? block.time
      if sum.eventCount >= events { break }
    }
    let length = reference.blockMilliseconds
    fromMilliseconds = (first?.index ?? 0) * length
    toMilliseconds = last.map { ($0.index + 1) * length } ?? fromMilliseconds
    counts = sum
  }
}
