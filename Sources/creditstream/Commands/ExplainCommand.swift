import ArgumentParser
import CreditEvents
import CreditScoring
import FeaturePipeline
import Foundation
import ModelRegistry
import Tables

/// `creditstream explain`: why a model decides on one application as it does.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows how one application's score comes together, factor by factor.",
    discussion: """
      The contributions are exact (TreeSHAP): what the model expects of anybody and all factors add up to the
      application's log-odds of default. A factor to the right raises the risk. The same is drawn with --svg, a picture
      that opens in any browser, and written with --json.

      Example:  creditstream explain --model models/home-credit/1 --input application_test.csv.gz --id 100001
      """
  )

  @Option(help: "The bundle's folder.")
  var model: String

  @Option(help: "The table that the application stands in, CSV or CSV.gz.")
  var input: String

  @OptionGroup var history: HistoryOptions

  @Option(help: "The application's id.")
  var id: String

  @Option(help: "How many factors are shown by themselves; the others are one line.")
  var factors = 12

  @Option(help: "The language of the factors' texts (default: their codes).")
  var language: String?

  @Option(help: "Also draw the waterfall into this file, SVG.")
  var svg: String?

  @Flag(help: "Print the explanation as JSON instead.")
  var json = false

  func validate() throws {
    guard (1...200).contains(factors) else { throw ValidationError("--factors is 1 to 200") }
  }

  func run() throws {
    let bundle = try ModelBundle(at: model)
    let languages = bundle.model.policy.languages
    if let language, !languages.contains(language) {
      throw CommandFailure(
        "the bundle has no texts in \"\(language)\"; use one of \(languages.joined(separator: ", "))",
        .usage
      )
    }
    let picture = try svg.map { try AtomicFile($0) }
    let told = WaterfallText(
      try explanation(bundle.model),
      model: bundle.model,
      limit: factors,
      language: language
    )
    if let picture {
      try picture.write(told.svg)
      try picture.commit()
    }
    if json {
      FileHandle.standardOutput.write(Data(told.json + [UInt8(ascii: "\n")]))
    } else {
      Terminal.print(told.text)
    }
  }

  /// Reads the table as far as it must, by the same code as the stream.
  private func explanation(_ model: ScoringModel) throws -> Explanation {
    let scorer = ApplicationScorer(model: model)
    var found: Explanation?
    try ApplicationTableReader(model.pipeline).forEachApplication(
      in: input,
      history: history.folder,
      dictionaries: model.pipeline.dictionaries,
      note: Terminal.note
    ) { application, _, line in
      guard found == nil, application.id == id else { return }
      do throws(Rejection) {
        found = try scorer.explain(application)
      } catch {
        throw CommandFailure("\(input):\(line): \(error.message)")
      }
    }
    guard let found else { throw CommandFailure("\(input): there is no application \(id) in it; check --id") }
    return found
  }
}
