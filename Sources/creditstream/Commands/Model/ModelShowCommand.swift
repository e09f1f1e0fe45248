import ArgumentParser
import CreditEvents
import CreditScoring
import FeaturePipeline
import ModelRegistry
import StrictJSON
import TreeEnsemble

/// `creditstream model show`: the manifest of one bundle, after every check that a scorer makes.
struct ModelShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Checks one bundle as a scorer would, and shows what it is and what it was made from.",
    discussion: "Example:  creditstream model show home-credit 1 --registry models"
  )

  @Argument(help: "The model's name.")
  var name: String

  @Argument(help: "The version.")
  var version: String

  @OptionGroup var options: RegistryOptions

  @Flag(help: "Print the manifest as JSON.")
  var json = false

  func run() throws {
    let bundle = try ModelRegistry(root: options.registry).bundle(name, version: version)
    guard !json else {
      var writer = JSONWriter(pretty: true)
      try bundle.manifest.encode(into: &writer)
      return Terminal.print(String(decoding: writer.bytes, as: UTF8.self))
    }
    let model = bundle.model
    let policy = model.policy
    Terminal.print(
      """
      \(name) version \(version), made \(bundle.manifest.created) by program \(bundle.manifest.program)
      identity   \(model.identity.sha256)
      pipeline   \(model.pipeline.name) \(model.pipeline.version): \(model.pipeline.schema.fields.count) fields, \
      \(model.pipeline.features.count) features
      trees      \(model.ensemble.treeCount), depth \(model.ensemble.depth)
      policy     version \(policy.version): refer from \(Terminal.fixed(policy.referFrom, 4)), decline from \
      \(Terminal.fixed(policy.declineFrom, 4)); a missed default costs \(policy.costs.ratio) refused good clients
      rules      \(policy.knockOuts.isEmpty ? "none" : policy.knockOuts.map(\.code).joined(separator: ", "))
      files      \(bundle.manifest.entries.map { "\($0.file.rawValue) (\($0.byteCount) bytes)" }.joined(separator: ", "))
      checks     digests, identity and golden vectors agree
      left out   \(model.pipeline.omitted.isEmpty ? "nothing" : "\(model.pipeline.omitted.count) by the selection")
      """
    )
    for feature in model.pipeline.omitted { Terminal.print("           \(feature.name): \(feature.reason)") }
  }
}
