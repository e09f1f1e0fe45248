/// A failed call, by what it means for the transaction.
public struct CallFailure: Error, Sendable, Equatable {
  /// What the client library says about the failure.
  public enum Kind: Sendable, Equatable, CaseIterable {
    /// The same call, unchanged, may succeed.
    case retriable
    /// The transaction is lost; the producer is not.
    case requiresAbort
    /// The client is broken.
    case fatal
    /// Another client owns the identity.
    case fenced
    /// The call may or may not have taken effect.
    case indefinite
    /// A permission is missing, or the broker cannot do what is asked.
    case denied
    /// The records to be read next are not there any more, or not readable.
    case inputLost
  }

  /// What the failure means.
  public var kind: Kind
  /// Whether a record of the batch may have caused it; false for rebalances, time-outs and lost connections.
  public var blamesRecord: Bool
  /// The library's words; never a payload.
  public var reason: String

  /// Describes a failed call.
  ///
  /// - Parameters:
  ///   - kind: What the failure means.
  ///   - blamesRecord: Whether a record of the batch may have caused it.
  ///   - reason: The library's words.
  public init(_ kind: Kind, blamesRecord: Bool = false, reason: String = "") {
    self.kind = kind
    self.blamesRecord = blamesRecord
    self.reason = reason
  }
}
