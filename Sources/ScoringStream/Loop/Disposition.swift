/// What is done about a failed call; this table is the only place where that is decided.
///
/// Two rules stand behind it. A transaction whose fate is unknown is never aborted by the producer that began it: a late
/// commit could hit the next transaction of the same epoch. A new producer under the same id ends the old transaction one way
/// or the other, and the committed offsets then say which. And nothing is skipped: whatever cannot be done is tried again, or
/// the worker ends with a code that says why.
enum Disposition: Equatable {
  /// The same call again, unchanged.
  case again
  /// Abort, go back to the committed offsets, try the batch again.
  case abort
  /// New producer, read the committed offsets again, go on from there.
  case recreateProducer
  /// Nothing is broken: go on as if the call had brought nothing.
  case proceed
  /// Leave.
  case exit(ExitCode)

  /// Decides about a failure.
  ///
  /// - Parameters:
  ///   - kind: What the failure means.
  ///   - call: The call that failed.
  ///   - budgetLeft: Whether there is time to try the same call again.
  /// - Returns: What to do.
  static func of(_ kind: CallFailure.Kind, during call: LoopEffect, budgetLeft: Bool) -> Disposition {
    switch kind {
    case .fenced: return .exit(.fenced)
    case .denied: return .exit(.denied)
    case .inputLost: return .exit(.inputLost)
    case .retriable, .requiresAbort, .fatal, .indefinite: break
    }
    switch call {
    case .poll:
      return kind == .fatal ? .exit(.internalFailure) : .proceed
    case .readCommitted, .assign:
      return kind == .fatal ? .exit(.internalFailure) : .again
    case .initialiseProducer:
      return .recreateProducer
    case .abort:
      return kind == .retriable && budgetLeft ? .again : .recreateProducer
    case .flush, .commitOffsets:
      return kind == .retriable && budgetLeft ? .again : .recreateProducer
    default:
      switch kind {
      case .retriable where budgetLeft: return .again
      case .requiresAbort: return .abort
      default: return .recreateProducer
      }
    }
  }
}
