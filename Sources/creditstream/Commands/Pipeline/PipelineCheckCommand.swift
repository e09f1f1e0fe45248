import ArgumentParser
import FeaturePipeline
import ModelTraining
import Settings
import StrictJSON

/// `creditstream pipeline check`: everything that contradicts itself in a pipeline file.
struct PipelineCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Finds everything that is wrong in a pipeline file, without any data.",
    discussion: """
      Ends with exit code 64 when something is, one line a problem: FILE:LINE: what and what to do.

      Example:  creditstream pipeline check Config/pipelines/home-credit-history.yaml
      """
  )

  @Argument(help: "The pipeline file.")
  var file: String

  @Flag(help: "Print JSON: whether it is valid, and the problems.")
  var json = false

  func run() throws {
    do {
      let declaration = try PipelineFile.load(file).pipeline
      if json { return Terminal.print(Self.json(problems: [])) }
      let tables = try declaration.historyPlan().tables.count
      Terminal.print(
        "\(file): valid; \(declaration.readFields.count) fields, \(tables) history tables with "
          + "\(declaration.aggregates.count) aggregates, \(declaration.derived.count) formulas"
      )
    } catch let error as SettingsError {
      if json { Terminal.print(Self.json(problems: error.problems.map(\.description))) }
      throw error
    }
  }

  private static func json(problems: [String]) -> String {
    var writer = JSONWriter(pretty: true)
    writer.beginObject()
    writer.member("valid", problems.isEmpty)
    writer.member("problems", problems)
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
