import ArgumentParser

/// `creditstream drift`: whether the population is still the one that the model was trained on.
struct DriftCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift",
    abstract: "Whether the population is still the one that the model was trained on.",
    subcommands: [DriftCompareCommand.self, DriftEvaluateCommand.self]
  )
}
