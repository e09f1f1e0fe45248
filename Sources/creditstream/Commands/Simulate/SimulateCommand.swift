import ArgumentParser

/// `creditstream simulate`: applications that nobody made, and changes that nobody had.
struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract:
      "Publishes simulated applications, or plants drift into a table; the same seed gives the same rows.",
    discussion: """
      Without a subcommand it is `simulate stream`, whose options `simulate stream --help` lists.

      Example:  creditstream simulate --count 10000 --seed 7 --flaws 0.01 --brokers localhost:9092 --create-topics
                creditstream simulate drift --scenario income_shift --output drifted.csv.gz
      """,
    subcommands: [SimulateStreamCommand.self, SimulateDriftCommand.self],
    defaultSubcommand: SimulateStreamCommand.self
  )
}
