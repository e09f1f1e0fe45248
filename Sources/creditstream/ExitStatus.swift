/// How a command ends when it has no result, after `sysexits.h`; the scorer adds its own (<doc:ExitCodes>).
enum ExitStatus: Int32 {
  /// The command line or a settings file is wrong.
  case usage = 64
  /// A file, table, bundle or record is not what it should be, or a check of the result failed.
  case dataError = 65
  /// A file does not exist or cannot be read.
  case noInput = 66
  /// No broker answers.
  case unavailable = 69
  /// A fault of the program.
  case internalFailure = 70
  /// A file cannot be written.
  case cannotWrite = 73
  /// A shutdown took longer than it may.
  case cutShort = 75
  /// Interrupted by Ctrl-C (128 + SIGINT).
  case interrupted = 130
}
