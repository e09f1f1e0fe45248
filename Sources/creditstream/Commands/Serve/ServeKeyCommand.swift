import ArgumentParser
import ScoringAPI

/// `creditstream serve key`: makes an API key.
struct ServeKeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Makes an API key: the key itself for the caller, and its digest for the key file.",
    discussion: """
      The key is printed once, to standard output, and stored nowhere; what goes into the key file is printed to
      standard error. To change a key without a gap, add the new entry, hand the key out, and remove the old entry:
      a running server reads the file again when it changes.

      Example:  creditstream serve key intake --scopes score,read
      """
  )

  @Argument(help: "What logs call the key.")
  var name: String

  @Option(help: "What it may do, separated by commas: score, read, admin.")
  var scopes = "score"

  func run() throws {
    let names = scopes.split(separator: ",").map(String.init)
    let known = names.compactMap(Scope.init(rawValue:))
    guard known.count == names.count, !known.isEmpty else {
      throw CommandFailure(
        "--scopes \(scopes): write one or more of score, read, admin, separated by commas",
        .usage
      )
    }
    let (key, sha256) = KeyFile.generate()
    Terminal.print(key)
    Terminal.note("  - {name: \(name), sha256: \(sha256), scopes: [\(names.joined(separator: ", "))]}")
  }
}
