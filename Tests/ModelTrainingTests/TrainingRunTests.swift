import CreditEvents
import FeaturePipeline
import ModelTraining
import Synchronization
import Testing

@Suite("TrainingRun", .timeLimit(.minutes(5)))
struct TrainingRunTests {
  private func options(seed: UInt64 = 1, concurrentFits: Int = 2) -> TrainingOptions {
    var options = TrainingOptions()
    options.seed = seed
    options.concurrentFits = concurrentFits
    return options
  }

  @Test("What can be learnt is learnt, and the probabilities are calibrated")
  func learns() throws {
    let table = try SyntheticLoans.table(rows: 1_500, seed: 5)
    let model = try TrainingRun(declaration: SyntheticLoans.declaration(), table: table).run()
    let metrics = model.report.metrics
    #expect(metrics.areaUnderROC.mean > 0.65 && metrics.areaUnderROC.mean < 0.95)
    #expect(metrics.areaUnderROC.values.count == 6)
    #expect(metrics.expectedCalibrationError.values.count == 2)
    #expect(metrics.expectedCalibrationError.mean < 0.05)
    let rate = Double(model.report.data.defaultCount) / 1_500
    #expect(metrics.brierScore.mean < rate * (1 - rate))
    #expect(metrics.costPerApplication.mean < min(10 * rate, 1 - rate))
    #expect(model.report.importances.contains { $0.feature == "burden" })
    #expect(model.report.rounds > 1)
  }

  @Test("The same seed and data give the same model to the byte, on any number of threads")
  func deterministic() throws {
    let table = try SyntheticLoans.table(rows: 400, seed: 6)
    let declaration = SyntheticLoans.declaration()
    let models = try [1, 3].map { width in
      try TrainingRun(declaration: declaration, table: table, options: options(concurrentFits: width)).run()
    }
    #expect(models[0].modelJSON == models[1].modelJSON)
    #expect(models[0].pipeline == models[1].pipeline)
    #expect(models[0].calibration == models[1].calibration)
    #expect(models[0].report == models[1].report)
    #expect(models[0].reference == models[1].reference)
    #expect(models[0].report.encoded() == models[1].report.encoded())
  }

  @Test("Another seed gives another model")
  func seed() throws {
    let table = try SyntheticLoans.table(rows: 400, seed: 6)
    let declaration = SyntheticLoans.declaration()
    let one = try TrainingRun(declaration: declaration, table: table, options: options(seed: 1)).run()
    let two = try TrainingRun(declaration: declaration, table: table, options: options(seed: 2)).run()
    #expect(one.modelJSON != two.modelJSON)
    #expect(one.report.metrics.areaUnderROC != two.report.metrics.areaUnderROC)
  }

  @Test("Nothing is learnt from outcomes that are chance: no figure leaks from the rows it is measured on")
  func chance() throws {
    // Target encoding of a category with few rows each is what would leak first.
    var generator = SeededGenerator(seed: 77)
    let rows = 1_200
    let columns = (0..<5).map { slot in
      (0..<rows).map { _ in
        slot == 4 ? Double(generator.index(below: 300)) : Double(generator.index(below: 2))
      }
    }
    let table = ApplicationTable(
      schema: try SyntheticLoans.declaration().pipeline.schema(),
      dictionaries: [nil, nil, nil, nil, CategoryDictionary((0..<300).map { "trade \($0)" })],
      ids: (0..<rows).map { "\($0)" },
      columns: columns,
      targets: (0..<rows).map { _ in Double(generator.index(below: 2)) }
    )
    let report = try TrainingRun(declaration: SyntheticLoans.declaration(), table: table).run().report
    // The standard error of an area over 600 + 600 rows is about 0.017.
    #expect((report.metrics.areaUnderROC.mean - 0.5).magnitude < 0.05)
    #expect(report.metrics.logLoss.mean > 0.68)
  }

  @Test("Rows without a known outcome are left out and counted")
  func unlabelled() throws {
    let declaration = SyntheticLoans.declaration()
    let all = try SyntheticLoans.table(rows: 500, seed: 8) { row, defaulted in
      row % 5 == 0 ? .nan : (defaulted ? 1 : 0)
    }
    let known = all.subset(rows: (0..<500).filter { $0 % 5 != 0 })
    let fromAll = try TrainingRun(declaration: declaration, table: all).run()
    let fromKnown = try TrainingRun(declaration: declaration, table: known).run()
    #expect(fromAll.report.data.unlabelledCount == 100)
    #expect(fromAll.report.data.rowCount == 400)
    #expect(fromAll.modelJSON == fromKnown.modelJSON)
  }

  @Test("Progress ends at one and never falls")
  func progress() throws {
    let table = try SyntheticLoans.table(rows: 300, seed: 9)
    let seen = Mutex<[TrainingProgress]>([])
    _ = try TrainingRun(declaration: SyntheticLoans.declaration(), table: table).run { step in
      seen.withLock { $0.append(step) }
    }
    let fractions = seen.withLock { $0.map(\.fraction) }
    #expect(fractions.first == 0 && fractions.last == 1)
    #expect(zip(fractions, fractions.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(seen.withLock { $0.count { $0.text.contains("AUC 0.") } } == 6)
  }

  @Test("Tables that nothing can be learnt from are refused with the reason and the remedy")
  func badTables() throws {
    let declaration = SyntheticLoans.declaration()
    let good = try SyntheticLoans.table(rows: 60, seed: 3)
    func with(_ targets: [Double]?) -> ApplicationTable {
      ApplicationTable(
        schema: good.schema,
        dictionaries: good.dictionaries,
        ids: good.ids,
        columns: good.columns,
        targets: targets
      )
    }
    let cases: [(table: ApplicationTable, code: TrainingError.Code, message: String)] = [
      (good.subset(rows: []), .emptyTable, "the table has no rows; give one with applications"),
      (
        with(nil), .missingTarget,
        "the table has no target column defaulted; give one with known outcomes, or declare target in the pipeline"
      ),
      (
        with([Double](repeating: .nan, count: 60)), .emptyTable,
        "no row has a known outcome; fill the target column"
      ),
      (
        with((0..<60).map { Double($0 % 3) }), .targetNotBinary,
        "row 3 has the outcome 2.0; a target is 0 (repaid) or 1 (defaulted)"
      ),
      (
        with([Double](repeating: 0, count: 60)), .oneClass,
        "0 rows defaulted and 60 repaid; give a table with both outcomes, or check which value is default"
      ),
      (
        with((0..<60).map { $0 < 2 ? 1 : 0 }), .tooFewRows,
        "2 rows defaulted and 58 repaid, too few of one for 3 folds; give more rows, or set fewer folds and a "
          + "larger stopping_share under training"
      ),
    ]
    for expected in cases {
      let error = #expect(throws: TrainingError.self) {
        try TrainingRun(declaration: declaration, table: expected.table).run()
      }
      #expect(error?.code == expected.code)
      #expect(error?.message == expected.message)
    }
  }

  @Test("The fewest rows that are accepted can indeed be trained on")
  func fewestRows() throws {
    // Eleven defaults, three folds: at least seven are left, one for each part of early stopping.
    let table = try SyntheticLoans.table(rows: 88, seed: 4) { row, _ in row % 8 == 0 ? 1 : 0 }
    let model = try TrainingRun(declaration: SyntheticLoans.declaration(), table: table).run()
    #expect(model.report.data.defaultCount == 11)
  }
}
