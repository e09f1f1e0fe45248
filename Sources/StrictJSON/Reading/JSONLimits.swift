/// What a document may cost before it is refused.
public struct JSONLimits: Sendable, Equatable {
  /// Longest document in bytes.
  public var maximumBytes: Int
  /// Deepest nesting: `1` has depth 0, `[1]` depth 1, `[{}]` depth 2.
  public var maximumDepth: Int
  /// Most members of one object.
  public var maximumMembers: Int
  /// Longest string or key, in bytes of UTF-8 after its escapes are resolved.
  public var maximumStringBytes: Int

  /// Limits of one's own choice.
  ///
  /// - Parameters:
  ///   - maximumBytes: Longest document in bytes; simdjson takes at most 4 GiB.
  ///   - maximumDepth: Deepest nesting of arrays and objects.
  ///   - maximumMembers: Most members of one object.
  ///   - maximumStringBytes: Longest string or key in bytes.
  public init(maximumBytes: Int, maximumDepth: Int, maximumMembers: Int, maximumStringBytes: Int) {
    self.maximumBytes = maximumBytes
    self.maximumDepth = maximumDepth
    self.maximumMembers = maximumMembers
    self.maximumStringBytes = maximumStringBytes
  }

  /// For records from a topic, which anybody may have written: 1 MiB, 32 levels, 4,096 members, strings of 16 KiB.
  ///
  /// Events with a full history take 30 KB on average and more than 400 KB at times; brokers take 1 MiB at most
  /// unless they are told otherwise.
  public static let event = JSONLimits(
    maximumBytes: 1 << 20,
    maximumDepth: 32,
    maximumMembers: 4096,
    maximumStringBytes: 16 << 10
  )

  /// For files that this program or XGBoost wrote: 512 MiB, 64 levels, a million members.
  public static let document = JSONLimits(
    maximumBytes: 512 << 20,
    maximumDepth: 64,
    maximumMembers: 1 << 20,
    maximumStringBytes: 512 << 20
  )
}
