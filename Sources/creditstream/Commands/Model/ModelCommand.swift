import ArgumentParser

/// `creditstream model`: what is registered, and what is in force.
struct ModelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Lists models, puts one in force, goes back, or runs a foreign model file.",
    subcommands: [
      ModelListCommand.self, ModelShowCommand.self, ModelActivateCommand.self, ModelRollbackCommand.self,
      ModelRunCommand.self,
    ]
  )
}

/// Where the registry is.
struct RegistryOptions: ParsableArguments {
  @Option(help: "The folder of the model registry.")
  var registry = "models"
}
