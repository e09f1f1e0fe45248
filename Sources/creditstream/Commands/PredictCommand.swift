import ArgumentParser
import CreditEvents
import CreditScoring
import FeaturePipeline
import ModelRegistry
import Tables

/// `creditstream predict`: scores a file, by the same code as the stream.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Scores the rows of a file with a bundle.",
    discussion: """
      The output has the columns application_id, probability_of_default, margin, outcome, points and rules;
      with --reasons also the codes and contributions of up to four reasons.

      Example:  creditstream predict --model models/home-credit/1 --input application_test.csv.gz --output out.csv
      """
  )

  @Option(help: "The bundle's folder.")
  var model: String

  @Option(help: "The table, CSV or CSV.gz.")
  var input: String

  @OptionGroup var history: HistoryOptions

  @Option(help: "The file to write, CSV.")
  var output: String

  @Flag(help: "Also write the reasons.")
  var reasons = false

  func run() throws {
    let bundle = try ModelBundle(at: model)
    let scorer = ApplicationScorer(model: bundle.model, reasons: reasons ? nil : ReasonsMode.none)
    let pipeline = bundle.model.pipeline
    let reasonColumns =
      reasons
      ? (1...Decision.maximumReasons).flatMap { ["reason_\($0)", "contribution_\($0)"] } : []
    let writer = try CSVWriter(
      output,
      header: ["application_id", "probability_of_default", "margin", "outcome", "points", "rules"]
        + reasonColumns
    )
    var count = 0
    try ApplicationTableReader(pipeline).forEachApplication(
      in: input,
      history: history.folder,
      dictionaries: pipeline.dictionaries,
      note: Terminal.note
    ) { application, _, line in
      let assessment: Assessment
      do throws(Rejection) {
        assessment = try scorer.assess(application)
      } catch {
        throw CommandFailure("\(input):\(line): \(error.message)")
      }
      writer.cell(application.id)
      writer.cell(assessment.probabilityOfDefault)
      writer.cell(assessment.margin)
      writer.cell(assessment.outcome.rawValue)
      writer.cell(assessment.points)
      writer.cell(assessment.rules.joined(separator: " "))
      if reasons { Self.write(assessment.reasons, to: writer) }
      try writer.endRow()
      count += 1
    }
    try writer.finish()
    Terminal.note("\(count) rows written to \(output)")
  }

  private static func write(_ reasons: [Decision.Reason], to writer: CSVWriter) {
    for index in 0..<Decision.maximumReasons {
      if index < reasons.count {
        writer.cell(reasons[index].code)
        writer.cell(reasons[index].contribution)
      } else {
        writer.cell("")
        writer.cell("")
      }
    }
  }
}
