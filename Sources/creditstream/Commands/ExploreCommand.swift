import ArgumentParser
import FeaturePipeline
import Foundation
import ModelTraining
import Tables

/// `creditstream explore`: what the data are, before any model is fitted.
struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract:
      "Shows the data before fitting: every field, what goes together, and what knows the outcome already.",
    discussion: """
      Writes one HTML page that opens offline: per field its type, missing values, quantiles, outliers, distribution
      and default rate with intervals; correlations and near-duplicates; leakage suspects with their evidence. All
      columns of the file are read, also those that the pipeline drops or does not declare. Suspects are a finding and
      not a failure: the command still ends with 0, unless --fail-on-suspects is given.

      Example:  creditstream explore --pipeline Config/pipelines/home-credit.yaml \\
                  --data application_train.csv.gz --html exploration.html
                creditstream explore --pipeline Config/pipelines/home-credit-history.yaml \\
                  --data application_train.csv.gz --history . --html exploration.html
      """
  )

  @Option(help: "The pipeline file: fields, derived features, and under exploration what is shown first.")
  var pipeline: String

  @Option(help: "The table, CSV or CSV.gz; with the target column the outcomes are shown.")
  var data: String

  @OptionGroup var history: HistoryOptions

  @Option(help: "The page to write.")
  var html: String

  @Option(help: "Also write everything as JSON to this file (Schemas/Reports/exploration.schema.json).")
  var json: String?

  @Flag(help: "End with exit code 65 if a field is suspected of knowing the outcome.")
  var failOnSuspects = false

  func run() throws {
    let declaration = try PipelineFile.load(pipeline)
    // A folder that cannot be written to is told before the work and not after it.
    for path in [html] + (json.map { [$0] } ?? []) { _ = try AtomicFile(path) }
    let bar = ProgressBar("exploring")
    let name = URL(filePath: data).lastPathComponent
    let table = try ExplorationReader(declaration.pipeline).read(
      data,
      name: name,
      history: history.folder,
      note: Terminal.note
    ) { fraction in
      bar.show(fraction * 0.3, "reading \(name)")
    }
    let exploration = try Exploration(
      table,
      declaration: declaration.exploration,
      width: ProcessInfo.processInfo.activeProcessorCount
    ) { fraction, words in
      bar.show(0.3 + 0.7 * fraction, words)
    }
    bar.finish("\(exploration.fields.count) fields")
    try write(exploration)
    Terminal.print(ExplorationSummary.text(exploration, page: html))
    if failOnSuspects, !exploration.suspects.isEmpty {
      throw CommandFailure(
        "\(exploration.suspects.count) suspected of knowing the outcome: "
          + exploration.suspects.map(\.field).joined(separator: ", ")
      )
    }
  }

  /// Writes page and document; neither appears before both are on the disk but for the last bytes.
  private func write(_ exploration: Exploration) throws {
    let page = try AtomicFile(html)
    let document = try json.map { try AtomicFile($0) }
    try document?.write(exploration.encoded())
    try page.write(exploration.html())
    try document?.commit()
    try page.commit()
  }
}
