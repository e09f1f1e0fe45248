import ArgumentParser
import CreditEvents
import DriftComparison
import DriftDetection
import FeaturePipeline
import Foundation
import ModelRegistry
import ModelTraining
import Reports
import Tables

/// `creditstream drift compare`: two tables, every measure of drift.
struct DriftCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares two tables: which fields moved, how far, and what that did to the score.",
    discussion: """
      Per field: the population stability index with what chance alone gives, Kolmogorov–Smirnov, Wasserstein,
      Jensen–Shannon, chi-square with the Benjamini–Hochberg procedure over all fields, missing values and new
      categories. With --model score and decisions come first, and the shift of the score is split by field. The
      sequential detector that pages people in production runs over the rows in the order of the file.

      Drift is a finding and not a failure: the command ends with 0, unless --fail-on-drift is given, which ends with
      65 where a field, the score or the decisions have drifted (an index of 0.1, beyond chance) or a field is in alarm.

      Example:
        creditstream drift compare --reference application_train.csv.gz --current application_test.csv.gz \\
          --pipeline Config/pipelines/home-credit.yaml --model models/home-credit/1 --html drift.html --json drift.json
        creditstream drift compare --reference application_train.csv.gz --split-seed 7 \\
          --pipeline Config/pipelines/home-credit.yaml          # two random halves: what chance alone shows
      """
  )

  @Option(
    help: "The table that is compared with, CSV or CSV.gz; usually the one that the model was trained on."
  )
  var reference: String

  @Option(help: "The table that is compared.")
  var current: String?

  @Option(help: "Instead of --current: compares two random halves of the reference, chosen by this seed.")
  var splitSeed: UInt64?

  @Option(help: "The pipeline file that says what the columns are.")
  var pipeline: String

  @Option(help: "A bundle of this pipeline: compares its scores and decisions too.")
  var model: String?

  @Option(help: "The folder of the history tables, for a pipeline that declares some.")
  var history: String?

  @Option(help: "The page to write.")
  var html: String?

  @Option(
    help: "Writes everything as JSON to this file, - for standard output (Schemas/Reports/drift.schema.json)."
  )
  var json: String?

  @Flag(help: "Adds what Evidently 0.7 would say by its own measures and thresholds.")
  var evidently = false

  @Option(help: "The index that the sequential detector tolerates.")
  var tolerance = 0.005

  @Option(help: "Rows between two false alarms of the sequential detector, on average over all fields.")
  var patience = 100_000

  @Option(help: "In how many parts the current rows are shown, in the order of the file; 0 for none.")
  var windows = 10

  @Flag(help: "End with exit code 65 if there is drift.")
  var failOnDrift = false

  func validate() throws {
    guard (current == nil) != (splitSeed == nil) else {
      throw ValidationError("give either --current FILE or --split-seed NUMBER")
    }
    guard 0...200 ~= windows else { throw ValidationError("--windows: give 0 to 200") }
  }

  func run() throws {
    let options = ComparisonOptions(
      tolerance: try DriftTolerance(stability: tolerance, patience: patience),
      windowCount: windows,
      hasEvidently: evidently
    )
    let declaration = try PipelineFile.load(pipeline).pipeline
    // A folder that cannot be written to is told before the work and not after it.
    for path in [html, json].compactMap(\.self) where path != "-" { _ = try AtomicFile(path) }
    let bundle = try model.map { try ModelBundle(at: $0) }
    let bar = ProgressBar("comparing")
    let samples = try read(SampleReader(declaration, model: bundle?.model), bar)
    let comparison = DriftComparison(
      reference: samples.reference,
      current: samples.current,
      options: options
    )
    let state = try comparison.state(
      pipeline: declaration.name,
      model: bundle.map { "\($0.manifest.model.name) \($0.manifest.model.version)" }
    ) { bar.show(0.6 + 0.4 * $0, $1) }
    let report = DriftReport(state)
    bar.finish("\(report.ranking.count) fields")
    try write(report)
    if failOnDrift, report.isDrift {
      throw CommandFailure("drift: " + DriftSummary.cause(report))
    }
  }

  private func read(
    _ reader: SampleReader,
    _ bar: ProgressBar
  ) throws -> (reference: ComparedSample, current: ComparedSample) {
    func read(_ path: String, as other: ComparedSample?, _ start: Double) throws -> ComparedSample {
      let name = URL(filePath: path).lastPathComponent
      return try reader.read(
        path,
        name: name,
        history: history.map { HistoryFolder($0) },
        as: other,
        note: Terminal.note
      ) { bar.show(start + 0.3 * $0, "reading \(name)") }
    }
    let reference = try read(reference, as: nil, 0)
    if let splitSeed {
      guard reference.rowCount >= 2 else {
        throw CommandFailure("\(self.reference): one row cannot be split; give more")
      }
      return DriftComparison.halves(of: reference, seed: splitSeed)
    }
    return (reference, try read(current ?? "", as: reference, 0.3))
  }

  /// Writes page and document; neither appears before both are on the disk but for the last bytes.
  private func write(_ report: DriftReport) throws {
    let page = try html.map { try AtomicFile($0) }
    let document = try json.flatMap { $0 == "-" ? nil : $0 }.map { try AtomicFile($0) }
    try document?.write(report.encoded())
    try page?.write(DriftPage(report).bytes())
    try document?.commit()
    try page?.commit()
    if json == "-" {
      FileHandle.standardOutput.write(Data(report.encoded()))
    } else {
      Terminal.print(DriftSummary.text(report, page: html))
    }
  }
}
