/// Why a worker, and with it the process, ended; the numbers follow `sysexits.h` where it has a word for it.
///
/// | code | name | what an operator does |
/// |---|---|---|
/// | 0 | ``finished`` | nothing |
/// | 65 | ``inputLost`` | the committed offset is no longer in the topic (or a record is corrupt): decide where to go on |
/// | 69 | ``rebalanced`` | run it again: the embedded cluster forgets committed offsets, so a rebalance there loses count |
/// | 70 | ``internalFailure`` | restart; report it if it comes back |
/// | 75 | ``forced`` | nothing: shutdown took too long, uncommitted records will be read again |
/// | 76 | ``fenced`` | find the other process with the same instance name; only one may run |
/// | 77 | ``denied`` | grant the permission that the message names |
/// | 78 | ``misconfigured`` | correct the setting that the message names |
/// | 79 | ``tooManyDeadLetters`` | applications have another schema than the model expects: correct the one or the other |
public enum ExitCode: Int32, Sendable, CaseIterable {
  /// Shut down, or caught up, with nothing in hand.
  case finished = 0
  /// Input that should be there is not, and skipping it would lose applications in silence.
  case inputLost = 65
  /// A rebalance where none may happen.
  case rebalanced = 69
  /// A client broke in a way that no retry mends.
  case internalFailure = 70
  /// Shutdown did not end in time.
  case forced = 75
  /// Another process took over this worker's identity.
  case fenced = 76
  /// The broker refuses what the worker must do.
  case denied = 77
  /// A setting cannot work.
  case misconfigured = 78
  /// A run to the end found so many bad records that their schema must be broken.
  case tooManyDeadLetters = 79
}

extension ExitCode {
  /// A sentence for the log and the terminal.
  ///
  /// - Parameter worker: The worker's identity.
  /// - Returns: What happened and what to do.
  public func explanation(of worker: String) -> String {
    switch self {
    case .finished: "\(worker) has finished"
    case .inputLost:
      "\(worker): applications between the committed offset and the log's start are gone or unreadable; "
        + "decide where to go on and set the group's offsets"
    case .rebalanced:
      "\(worker): the group was rebalanced, and the embedded cluster forgets committed offsets; run it again"
    case .internalFailure: "\(worker): a client broke or hangs; the log says why; restart the process"
    case .forced: "\(worker) did not end in time; what is not committed will be read again"
    case .fenced:
      "\(worker) was fenced: another process uses this application and instance name (stop one of them), or this one "
        + "stood still for longer than the transaction's time-out (start it again)"
    case .denied: "\(worker) may not do what it must; the log names the permission to grant"
    case .tooManyDeadLetters:
      "\(worker): so many applications cannot be read that their schema must have changed; the dead letters say why"
    case .misconfigured: "\(worker) cannot start with these settings; the log names the one to correct"
    }
  }
}
