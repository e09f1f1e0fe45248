/// Why a command ends without its result: one line for the person at the terminal, and an exit code.
struct CommandFailure: Error, CustomStringConvertible {
  var description: String
  var exitCode: ExitStatus

  init(_ description: String, _ exitCode: ExitStatus = .dataError) {
    self.description = description
    self.exitCode = exitCode
  }
}
