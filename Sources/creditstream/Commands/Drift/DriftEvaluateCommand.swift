import ArgumentParser
import Foundation
import Reports
import Simulation

/// `creditstream drift evaluate`: every detector on every scenario, beside two dummies.
struct DriftEvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract:
      "Runs every detector on every scenario of drift: delay, missed and false alarms, beside two dummies.",
    discussion: """
      Reference and stream are drawn with replacement from the rows, so that before a change begins nothing has changed
      by construction. A change counts as found at the first alarm about a field that it changed. An alarm about
      another field after the beginning is counted as elsewhere, every alarm on unchanged rows as false. A detector is
      worth something only where it is better than "never" (misses all) and "always" (finds all, cries all the time).

      Example:
        creditstream drift evaluate --runs 5
        creditstream drift evaluate --data application_train.csv.gz --json
        creditstream drift evaluate --data default_of_credit_card_clients.csv \\
          --pipeline Config/pipelines/taiwan-default.yaml --scenarios Config/scenarios/taiwan-default.yaml
      """
  )

  @Option(help: "How often each scenario is run.")
  var runs = 5

  @Option(help: "Rows that a reference is drawn of.")
  var referenceRows = 15_000

  @Option(help: "Rows from the beginning of a change.")
  var changedRows = 10_000

  @Option(help: "Unchanged rows in which false alarms are counted, each run.")
  var nullRows = 20_000

  @Option(help: "Only these scenarios. Repeatable.")
  var scenario: [String] = []

  @Option(help: "The seed.")
  var seed: UInt64 = 1

  @Flag(help: "Leaves out Evidently's rule, which takes most of the time.")
  var withoutEvidently = false

  @Flag(help: "Print JSON (Schemas/Reports/drift-trials.schema.json).")
  var json = false

  @OptionGroup var rows: RowOptions

  func validate() throws {
    guard runs >= 1, referenceRows >= 1_000, changedRows >= 1_000, nullRows >= 1_000 else {
      throw ValidationError("--runs needs at least 1, the numbers of rows at least 1000")
    }
  }

  func run() throws {
    let declared = try rows.loadScenarios()
    let chosen = try scenario.isEmpty ? declared.scenarios : scenario.map { try declared.scenario($0) }
    let bar = ProgressBar("evaluating")
    let (table, _) = try rows.load(count: nil, seed: seed) { bar.show(0.05 * $0, "reading") }
    var options = DriftTrials.Options()
    options.runs = runs
    options.referenceRows = referenceRows
    options.changedRows = changedRows
    options.nullRows = nullRows
    options.hasEvidently = !withoutEvidently
    options.seed = seed
    let report = try DriftTrials(table, scenarios: chosen, options: options).run {
      bar.show(0.05 + 0.95 * $0, $1)
    }
    bar.finish("\(runs) runs")
    if json {
      FileHandle.standardOutput.write(Data(report.encoded()))
    } else {
      Terminal.print(TrialTable.text(report))
    }
  }
}

/// The results of trials as two tables.
enum TrialTable {
  static func text(_ report: TrialReport) -> String {
    let options = report.options
    var lines = [
      "\(options.runs) runs of \(report.scenarios.count) scenarios; reference of "
        + "\(NumberText.count(options.referenceRows)) rows, \(NumberText.count(options.onset)) unchanged and "
        + "\(NumberText.count(options.changedRows)) changed ones; false alarms in "
        + "\(NumberText.count(report.nullRowCount)) unchanged rows",
      "",
    ]
    lines.append(
      Terminal.table(
        [["detector", "false alarms in 100,000", "missed", "elsewhere"]]
          + report.detectors.map { detector in
            [
              detector.name, Terminal.fixed(report.falseAlarmRate(of: detector), 1),
              "\(detector.missedCount) of \(detector.runCount)",
              "\(detector.elsewhereCount) of \(detector.runCount)",
            ]
          }
      )
    )
    lines += ["", "found in how many runs, and after how many rows (median):"]
    let shown = report.detectors.filter { $0.name != "never" && $0.name != "always" }
    lines.append(
      Terminal.table(
        [["scenario"] + shown.indices.map { "(\($0 + 1))" }]
          + report.scenarios.enumerated().map { index, scenario in
            [scenario]
              + shown.map { detector in
                let outcome = detector.outcomes[index]
                return "\(outcome.delays.count)/\(outcome.runCount) "
                  + (outcome.medianDelay.map { NumberText.count($0) } ?? "–")
              }
          }
      )
    )
    lines += shown.enumerated().map { "(\($0 + 1)) \($1.name)" }
    return lines.joined(separator: "\n")
  }
}
