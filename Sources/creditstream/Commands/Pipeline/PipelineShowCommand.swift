import ArgumentParser
import CreditScoring
import FeaturePipeline
import ModelRegistry
import ModelTraining
import StrictJSON

/// `creditstream pipeline show`: what a pipeline reads and computes.
struct PipelineShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Prints what a pipeline reads and computes, declared or fitted.",
    discussion: """
      Of a file it shows each field, aggregate of history and formula, and what becomes of it; of a bundle each
      feature of the model with the raw fields behind it.

      Example:  creditstream pipeline show Config/pipelines/home-credit-history.yaml
                creditstream pipeline show --model models/home-credit/1
      """
  )

  @Argument(help: "The pipeline file.")
  var file: String?

  @Option(help: "A bundle's folder instead of a file.")
  var model: String?

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard (file == nil) != (model == nil) else {
      throw ValidationError("give either a pipeline file or --model")
    }
  }

  func run() throws {
    if let model {
      let features = try ModelBundle(at: model).model.pipeline.features
      Terminal.print(json ? Self.json(features) : Self.table(features))
    } else if let file {
      let outline = try PipelineOutline(PipelineFile.load(file).pipeline)
      if json {
        var writer = JSONWriter(pretty: true)
        outline.encode(into: &writer)
        Terminal.print(String(decoding: writer.bytes, as: UTF8.self))
      } else {
        let rows = outline.entries.map { [$0.name, $0.origin, $0.computes, $0.becomes] }
        Terminal.print(Terminal.table([["name", "from", "computes", "becomes"]] + rows))
      }
    }
  }

  private static func table(_ features: [Feature]) -> String {
    let rows = features.enumerated().map { index, feature in
      [String(index), feature.name, feature.group, feature.fields.joined(separator: " ")]
    }
    return Terminal.table([["column", "feature", "reason", "raw fields"]] + rows)
  }

  private static func json(_ features: [Feature]) -> String {
    var writer = JSONWriter(pretty: true)
    writer.beginArray()
    for feature in features {
      writer.beginObject()
      writer.member("name", feature.name)
      writer.member("group", feature.group)
      writer.member("fields", feature.fields)
      writer.endObject()
    }
    writer.endArray()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
