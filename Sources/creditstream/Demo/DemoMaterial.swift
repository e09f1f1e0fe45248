import CreditEvents
import CreditScoring
import FeaturePipeline
import Foundation
import ModelRegistry
import ModelTraining
import Settings
import Simulation
import Tables
import TreeEnsemble

/// What a demo runs on: a model in a registry, the records to stream, and the margins that the path of files gives.
struct DemoMaterial: Sendable {
  var registry: ModelRegistry
  var bundle: ModelBundle
  /// Makes the records, in order.
  var source: @Sendable () throws -> any ApplicationSource
  var recordCount: Int
  /// The margin of each application by its id, computed from a table row instead of an event.
  var expectedMargins: [String: Float]

  /// The share of a table's rows that trains the model when there is no bundle.
  private static let trainingShare = 0.5

  static func prepare(_ options: DemoCommand, registry root: String) throws -> DemoMaterial {
    if let data = options.data { return try fromTable(data, options, root) }
    return try fromSimulation(options, root)
  }

  private static func fromTable(_ data: String, _ options: DemoCommand, _ root: String) throws -> DemoMaterial
  {
    Terminal.note("reading \(data)")
    if let model = options.model {
      let bundle = try ModelBundle(at: model)
      let table = try ApplicationTableReader(bundle.model.pipeline).read(data)
      let registry = ModelRegistry(
        root: URL(filePath: bundle.path).appending(path: "../..").standardized.path()
      )
      return try DemoMaterial(registry, bundle, table: table, data: data, from: 0)
    }
    let declaration = try PipelineFile.load(options.pipeline)
    let table = try ApplicationTableReader(declaration.pipeline).read(data)
    let split = Int(Double(table.rowCount) * trainingShare)
    let registry = ModelRegistry(root: root)
    let bundle = try train(declaration, table.subset(rows: Array(0..<split)), options, registry)
    let rest = table.subset(rows: Array(split..<table.rowCount))
    return try DemoMaterial(registry, bundle, table: rest, data: data, from: split)
  }

  private static func fromSimulation(_ options: DemoCommand, _ root: String) throws -> DemoMaterial {
    let simulator = try Simulator(file: YAMLFile(path: options.simulation), seed: options.seed)
    let streamed = options.trainingCount..<options.trainingCount + options.count
    let bundle: ModelBundle
    let registry: ModelRegistry
    if let model = options.model {
      bundle = try ModelBundle(at: model)
      registry = ModelRegistry(root: URL(filePath: bundle.path).appending(path: "../..").standardized.path())
    } else {
      let declaration = try PipelineFile.load(options.pipeline)
      Terminal.note("simulating \(options.trainingCount) applications to train on")
      let table = try simulator.table(0..<options.trainingCount, as: declaration.pipeline.schema())
      registry = ModelRegistry(root: root)
      bundle = try train(declaration, table, options, registry)
    }
    let pipeline = bundle.model.pipeline
    let flaws = try FlawPlan(total: options.flaws)
    return DemoMaterial(
      registry: registry,
      bundle: bundle,
      source: { SimulatedSource(simulator, rows: streamed, flaws: flaws, reader: pipeline.schema) },
      recordCount: options.count,
      expectedMargins: try margins(of: simulator.table(streamed, as: pipeline.schema), by: bundle)
    )
  }

  private init(
    _ registry: ModelRegistry,
    _ bundle: ModelBundle,
    table: ApplicationTable,
    data: String,
    from row: Int
  ) throws {
    let pipeline = bundle.model.pipeline
    self.init(
      registry: registry,
      bundle: bundle,
      source: {
        let times = TableSource.Times(startMilliseconds: 0)
        var rows = try TableSource(data, layout: pipeline.layout, schema: pipeline.schema, times: times)
        for _ in 0..<row { _ = try rows.next() }
        return rows
      },
      recordCount: table.rowCount,
      expectedMargins: try Self.margins(of: table, by: bundle)
    )
  }

  private init(
    registry: ModelRegistry,
    bundle: ModelBundle,
    source: @escaping @Sendable () throws -> any ApplicationSource,
    recordCount: Int,
    expectedMargins: [String: Float]
  ) {
    self.registry = registry
    self.bundle = bundle
    self.source = source
    self.recordCount = recordCount
    self.expectedMargins = expectedMargins
  }

  /// Trains with one repeat instead of several: a newcomer should not wait for the last digit of a figure.
  private static func train(
    _ declaration: TrainingDeclaration,
    _ table: ApplicationTable,
    _ options: DemoCommand,
    _ registry: ModelRegistry
  ) throws -> ModelBundle {
    var quick = declaration
    quick.parameters.repeats = 1
    quick.parameters.folds = 3
    quick.parameters.learningRate = max(0.08, declaration.parameters.learningRate)
    quick.parameters.earlyStoppingRounds = 25
    var training = TrainingOptions()
    training.seed = options.seed
    training.dataName = options.data ?? options.simulation
    let trained = try TrainCommand.train(quick, table, training)
    let metrics = trained.report.metrics
    Terminal.note(
      "trained on \(trained.report.data.rowCount) applications: AUC \(Terminal.fixed(metrics.areaUnderROC.mean, 3)), "
        + "\(trained.report.rounds) trees"
    )
    return try trained.register(in: registry)
  }

  private static func margins(of table: ApplicationTable, by bundle: ModelBundle) throws -> [String: Float] {
    let matrix = try bundle.model.pipeline.transform(table)
    var margins = [Float](repeating: 0, count: table.rowCount)
    matrix.values.withUnsafeBufferPointer { values in
      margins.withUnsafeMutableBufferPointer { margins in
        bundle.model.ensemble.margins(values, rowCount: table.rowCount, into: margins)
      }
    }
    return Dictionary(zip(table.ids, margins)) { first, _ in first }
  }
}
