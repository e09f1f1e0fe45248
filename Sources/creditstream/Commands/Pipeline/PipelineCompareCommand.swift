import ArgumentParser
import FeaturePipeline
import Foundation
import ModelTraining
import StrictJSON
import Tables

/// `creditstream pipeline compare`: which of two pipelines predicts better, with an interval.
struct PipelineCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Validates two pipelines on the same folds and prints the paired differences.",
    discussion: """
      Repeated cross-validation; folds and repeats are those of the first file unless given. The interval of 95 % is
      that of Nadeau and Bengio, which allows for folds that share training rows. Nothing is registered.

      Example:  creditstream pipeline compare Config/pipelines/home-credit.yaml \\
                  Config/pipelines/home-credit-history.yaml --data application_train.csv.gz --history .
      """
  )

  @Argument(help: "The first pipeline file.")
  var first: String

  @Argument(help: "The second pipeline file.")
  var second: String

  @Option(help: "The table to validate on, CSV or CSV.gz, with the target column.")
  var data: String

  @OptionGroup var history: HistoryOptions

  @Option(help: "How many times the rows are divided into folds.")
  var repeats: Int?

  @Option(help: "The seed of everything random.")
  var seed: UInt64 = 1

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard repeats ?? 1 >= 1 else { throw ValidationError("--repeats needs at least 1") }
  }

  func run() throws {
    let parameters = try PipelineFile.load(first).parameters
    let reports = try [first, second].map { path in
      var declaration = try PipelineFile.load(path)
      declaration.parameters.folds = parameters.folds
      declaration.parameters.repeats = repeats ?? parameters.repeats
      let folder = try declaration.pipeline.historyPlan().isEmpty ? nil : history.folder
      let table = try ApplicationTableReader(declaration.pipeline).read(data, history: folder)
      var options = TrainingOptions()
      options.seed = seed
      options.concurrentFits = ProcessInfo.processInfo.activeProcessorCount
      Terminal.note("\(path): \(table.rowCount) rows")
      return try TrainCommand.train(declaration, table, options).report
    }
    let comparison = try PairedComparison(reports[0], reports[1])
    Terminal.print(json ? Self.json(comparison) : table(comparison))
  }

  private func table(_ comparison: PairedComparison) -> String {
    let rows = comparison.differences.map { difference in
      [
        difference.name, Terminal.fixed(difference.first, 5), Terminal.fixed(difference.second, 5),
        Terminal.fixed(difference.mean, 5),
        "\(Terminal.fixed(difference.interval.lowerBound, 5)) … \(Terminal.fixed(difference.interval.upperBound, 5))",
        "\(difference.better) of \(difference.folds)",
      ]
    }
    return Terminal.table(
      [["figure", "first", "second", "second - first", "95 % interval", "better in folds"]] + rows
    )
  }

  private static func json(_ comparison: PairedComparison) -> String {
    var writer = JSONWriter(pretty: true)
    writer.beginArray()
    for difference in comparison.differences {
      writer.beginObject()
      writer.member("figure", difference.name)
      writer.member("first", difference.first)
      writer.member("second", difference.second)
      writer.member("difference", difference.mean)
      writer.member("interval", [difference.interval.lowerBound, difference.interval.upperBound])
      writer.member("better_folds", difference.better)
      writer.member("folds", difference.folds)
      writer.endObject()
    }
    writer.endArray()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
