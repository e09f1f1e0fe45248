import ArgumentParser

/// `creditstream pipeline`: what a pipeline file says, before any model is trained.
struct PipelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipeline",
    abstract: "Checks a pipeline file, shows what it computes, writes the features of a table, compares two.",
    subcommands: [
      PipelineCheckCommand.self, PipelineShowCommand.self, PipelineTransformCommand.self,
      PipelineCompareCommand.self,
    ]
  )
}
