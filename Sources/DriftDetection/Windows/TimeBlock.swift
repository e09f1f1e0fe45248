/// A stretch of event time that is counted together, numbered from 1970.
public struct TimeBlock: Sendable, Hashable, Comparable {
  /// Which stretch: block b covers `[b · length, (b + 1) · length)`.
  public let index: Int64

  /// Names a block.
  ///
  /// - Parameter index: Which stretch since 1970; negative before.
  public init(index: Int64) { self.index = index }

  /// The block of a moment.
  ///
  /// - Parameters:
  ///   - milliseconds: Event time since 1970.
  ///   - length: Length of a block in milliseconds.
  /// - Precondition: `length > 0`.
  public init(containing milliseconds: Int64, length: Int64) {
    precondition(length > 0, "a block has a length")
    let quotient = milliseconds / length
    index = milliseconds % length < 0 ? quotient - 1 : quotient
  }

  /// Whether one block is earlier than another.
  public static func < (first: TimeBlock, second: TimeBlock) -> Bool { first.index < second.index }
}
