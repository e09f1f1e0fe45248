/// What went wrong in a Kafka operation, and what its caller must do about it.
///
/// The three flags are librdkafka's. A caller of the transactional API obeys them in this order:
///
/// 1. ``isFatal``: close the client. If ``isFenced``, somebody else owns its identity: end the process.
///    Otherwise make a new client with the same identity and rewind the input to the committed offsets.
/// 2. ``requiresAbort``: abort the transaction, rewind the input, begin again.
/// 3. ``isRetriable``: call the same function again with the same arguments. A commit or an abort is resumed
///    that way; its outcome is unknown until then.
/// 4. None of them: treat as fatal.
public struct KafkaError: Error, Sendable, Equatable {
  /// The kind of the error, as a number and a name of librdkafka or of the Kafka protocol.
  public var code: Code

  /// What happened and, where it can be known, what to do; never a secret, never a record's bytes.
  public var message: String

  /// The client can do nothing more and must be closed.
  public var isFatal: Bool

  /// The same call may be made again.
  public var isRetriable: Bool

  /// The current transaction can only be aborted.
  public var requiresAbort: Bool

  /// Creates an error; the flags are off unless given.
  ///
  /// - Parameters:
  ///   - code: The kind of the error.
  ///   - message: What happened and what to do.
  ///   - isFatal: Whether the client must be closed.
  ///   - isRetriable: Whether the same call may be made again.
  ///   - requiresAbort: Whether the current transaction must be aborted.
  public init(
    code: Code,
    message: String,
    isFatal: Bool = false,
    isRetriable: Bool = false,
    requiresAbort: Bool = false
  ) {
    self.code = code
    self.message = message
    self.isFatal = isFatal
    self.isRetriable = isRetriable
    self.requiresAbort = requiresAbort
  }

  /// Whether another client has taken over the transactional or group identity of this one.
  public var isFenced: Bool {
    [.fenced, .producerFenced, .invalidProducerEpoch, .fencedInstanceID].contains(code)
  }
}

extension KafkaError: CustomStringConvertible {
  /// Name, message and the flags that are set, on one line.
  public var description: String {
    let flags = [
      isFatal ? "fatal" : nil, isRetriable ? "retriable" : nil, requiresAbort ? "abort required" : nil,
    ].compactMap { $0 }
    let suffix = flags.isEmpty ? "" : " [" + flags.joined(separator: ", ") + "]"
    return "\(code.name): \(message)\(suffix)"
  }
}

extension KafkaError {
  /// This error with another one's message as its cause.
  func adding(_ cause: KafkaError?) -> KafkaError {
    guard let cause else { return self }
    var error = self
    error.message += " (\(cause.code.name): \(cause.message))"
    return error
  }
}
