import ArgumentParser
import FeaturePipeline
import Simulation

/// `creditstream simulate drift`: a table in which a scenario has happened.
struct SimulateDriftCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift",
    abstract: "Writes a table into which a scenario of drift was planted.",
    discussion: """
      Scenarios stand in a file: income shift, economic downturn, new product, category swap, new category, missing
      field, unit error, fraud burst, seasonality, slow ageing; --list shows them. The same seed touches the same rows.
      Rows before --onset stay as they are. The output has the fields that the pipeline reads; compare it with
      `creditstream drift compare`, or stream it with `creditstream publish --input`.

      Example:
        creditstream simulate drift --list
        creditstream simulate drift --scenario income_shift --count 20000 --output drifted.csv.gz
        creditstream simulate drift --scenario unit_error --data application_train.csv.gz --onset 10000 --output d.csv
      """
  )

  @Option(help: "The scenario's name.")
  var scenario: String?

  @Flag(help: "Lists the scenarios of the file.")
  var list = false

  @Option(help: "How many simulated rows (20,000 by default), or how many of the file at most.")
  var count: Int?

  @Option(help: "The first row that may change, from 0.")
  var onset = 0

  @Option(help: "The seed.")
  var seed: UInt64 = 1

  @Option(help: "The table to write, CSV, compressed where the name ends in .gz.")
  var output: String?

  @OptionGroup var rows: RowOptions

  func validate() throws {
    guard list || (scenario != nil && output != nil) else {
      throw ValidationError("give --scenario NAME and --output FILE, or --list")
    }
    guard count ?? 1 >= 1, onset >= 0 else {
      throw ValidationError("--count needs at least 1, --onset at least 0")
    }
  }

  func run() throws {
    let scenarios = try rows.loadScenarios()
    guard !list, let scenario, let output else {
      let lines = scenarios.scenarios.map { [$0.name, $0.about] }
      return Terminal.print(Terminal.table([["scenario", "what happens"]] + lines))
    }
    let planter = DriftPlanter(try scenarios.scenario(scenario), seed: seed)
    let bar = ProgressBar("planting")
    let (table, layout) = try rows.load(count: count, seed: seed) { bar.show(0.7 * $0, "reading") }
    bar.show(0.7, scenario)
    let changed = try planter.planting(into: table, onset: onset)
    bar.show(0.8, "writing \(output)")
    try TableFile.write(changed, to: output, layout: layout)
    bar.finish("\(changed.rowCount) rows")
    let fields = planter.affected.fields + (planter.affected.outcomes ? ["outcomes"] : [])
    Terminal.print(
      "\(changed.rowCount) rows written to \(output); \(scenario) from row \(onset) on in "
        + fields.joined(separator: ", ")
    )
  }
}
