import CreditEvents
import Crypto
import FeaturePipeline
import Foundation
import ModelRegistry
import ModelTraining
import Tables

/// What `train --experiment` does: reads, runs with a progress bar, registers and tells.
struct ExperimentWork {
  let file: ExperimentFile
  let data: String
  let history: HistoryOptions
  let registry: ModelRegistry
  let journal: String?
  let champion: String?
  let shufflesTargets: Bool

  /// Runs the experiment; the bundle is nil when outcomes were shuffled.
  func run(predictions: String?) throws -> (outcome: ExperimentOutcome, bundle: ModelBundle?) {
    // A folder that cannot be written to is told before the work and not after it.
    if let predictions { _ = try AtomicFile(predictions) }
    Terminal.note("reading \(data)")
    let table = try ApplicationTableReader(file.declaration.pipeline)
      .read(data, history: history.folder, note: Terminal.note)
    var options = ExperimentOptions()
    options.width = ProcessInfo.processInfo.activeProcessorCount
    options.dataName = URL(filePath: data).lastPathComponent
    options.dataSHA256 = try FileDigest.sha256(of: data)
    options.shufflesTargets = shufflesTargets
    options.champion = try championBundle()
    let journalPath = journal ?? standardJournal(options)
    options.journalPath = journalPath
    let bar = ProgressBar("experiment")
    let outcome = try ExperimentRun(
      file.experiment,
      declaration: file.declaration,
      table: table,
      options: options
    ).run { bar.show($0.fraction, $0.text) }
    bar.finish("\(outcome.report.candidates.count) candidates")
    if let predictions { try write(outcome.predictions, to: predictions) }
    let bundle = shufflesTargets ? nil : try outcome.register(in: registry)
    // The results are safe now; a rerun is to compute them anew.
    try? FileManager.default.removeItem(atPath: journalPath)
    return (outcome, bundle)
  }

  /// Named by all that decides the results: a changed file, table, seed or program starts a journal of its own.
  private func standardJournal(_ options: ExperimentOptions) -> String {
    let declared = "\(file.identity) \(options.dataSHA256 ?? "") \(history.history ?? "") \(shufflesTargets)"
    let print = SHA256.hash(data: Data((declared + ProgramVersion.current).utf8))
      .prefix(6).map { String(format: "%02x", $0) }.joined()
    return "\(registry.root)/.journals/\(file.experiment.name)-\(print).jsonl"
  }

  /// The version that was asked for, or the one that was activated last; nil where there is none.
  private func championBundle() throws -> ModelBundle? {
    let name = file.declaration.pipeline.name
    if let champion { return try registry.bundle(name, version: champion) }
    guard let active = try? registry.activations(of: name).last else { return nil }
    return try registry.bundle(for: active)
  }

  private func write(_ rows: [ExperimentOutcome.OutOfFoldRow], to path: String) throws {
    let writer = try CSVWriter(path, header: ["application_id", "fold", "defaulted", "margin"])
    for row in rows {
      writer.cell(row.id)
      writer.cell(row.fold.map { "\($0)" } ?? "held_out")
      writer.cell(row.defaulted ? 1 : 0)
      writer.cell(row.margin)
      try writer.endRow()
    }
    try writer.finish()
  }
}
