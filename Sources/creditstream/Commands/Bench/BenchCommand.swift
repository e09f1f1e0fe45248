import ArgumentParser

/// `creditstream bench`: what the hot paths cost on this machine.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measures the hot paths on this machine.",
    subcommands: [
      BenchPathCommand.self, BenchTreesCommand.self, BenchDriftCommand.self, BenchDriftReportCommand.self,
    ]
  )
}
