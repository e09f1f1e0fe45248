/// What a gate answers to the next record.
public enum Admission: Sendable, Equatable {
  /// It may be sent.
  case proceed
  /// Ask again after this time.
  case wait(milliseconds: Int)
  /// Nothing more shall be sent; what was sent stays.
  case stop
}

/// Decides when the next record may be sent: back-pressure from whoever reads them, or an end on request.
public protocol PublishGate {
  /// Answers for one record; called before each, again after a wait.
  ///
  /// - Parameter progress: What has been sent so far.
  /// - Returns: Whether the next record may be sent.
  func admit(_ progress: PublishProgress) -> Admission
}

/// Lets everything pass.
public struct OpenGate: PublishGate {
  /// Creates the gate.
  public init() {}

  /// Always ``Admission/proceed``.
  public func admit(_ progress: PublishProgress) -> Admission { .proceed }
}

/// Keeps the number of records that are sent but not yet dealt with under a limit.
///
/// A broker that keeps only so many bytes of a partition loses nothing as long as the unread records fit.
public struct BacklogGate: PublishGate {
  private let maximumRecords: Int
  private let pollMilliseconds: Int
  private let isCancelled: () -> Bool
  private let dealtWith: () -> Int

  /// Creates a gate.
  ///
  /// - Parameters:
  ///   - maximumRecords: How many records may be under way.
  ///   - pollMilliseconds: How soon to look again when there is no room.
  ///   - isCancelled: Whether to stop altogether.
  ///   - dealtWith: How many records of this publishing have been dealt with.
  public init(
    maximumRecords: Int,
    pollMilliseconds: Int = 2,
    isCancelled: @escaping () -> Bool = { false },
    dealtWith: @escaping () -> Int
  ) {
    self.maximumRecords = maximumRecords
    self.pollMilliseconds = pollMilliseconds
    self.isCancelled = isCancelled
    self.dealtWith = dealtWith
  }

  /// Proceeds while there is room.
  public func admit(_ progress: PublishProgress) -> Admission {
    if isCancelled() { return .stop }
    return progress.applications - dealtWith() < maximumRecords
      ? .proceed : .wait(milliseconds: pollMilliseconds)
  }
}
