import ArgumentParser
import CreditEvents
import CreditScoring
import FeaturePipeline
import ModelRegistry
import Settings
import Simulation
import StrictJSON
import Tables

/// `creditstream bench path`: the way of one event without a broker, on one thread.
struct BenchPathCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path",
    abstract:
      "Measures decode, features, trees, reasons and encode of events, without a broker, on one thread.",
    discussion: """
      The variants take turns, pass by pass, so that a slow moment of the machine hits all of them; the median
      pass counts. Each pass runs through all events, so that none is still in the cache from the pass before.

      Example:  creditstream bench path --model models/home-credit/1 --input application_test.csv.gz
      """
  )

  @Option(help: "The bundle's folder.")
  var model: String

  @Option(help: "A table whose rows become the events, CSV or CSV.gz; simulated events without it.")
  var input: String?

  @OptionGroup var history: HistoryOptions

  @Option(help: "What is simulated when there is no --input.")
  var simulation = "Config/simulations/home-credit.yaml"

  @Option(help: "How many events.")
  var events = 5_000

  @Option(help: "How many passes over them.")
  var passes = 9

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard events >= 1, passes >= 1 else { throw ValidationError("--events and --passes need at least 1") }
  }

  func run() throws {
    let model = try ModelBundle(at: model).model
    let records = try records(for: model.pipeline)
    let variants = PathVariant.all(model)
    var timings = variants.map { _ in [Double]() }
    let bar = ProgressBar("measuring")
    // The first pass warms buffers and branch predictors and does not count.
    for pass in 0...passes {
      for (index, variant) in variants.enumerated() {
        let time = ContinuousClock().measure { variant.run(records) }.seconds
        if pass > 0 { timings[index].append(time) }
      }
      bar.show(Double(pass) / Double(passes))
    }
    bar.finish()
    let results = zip(variants, timings).map { variant, times in
      PathTiming(name: variant.name, microseconds: times.map { $0 / Double(records.count) * 1e6 }.sorted())
    }
    let bytes = records.reduce(0) { $0 + $1.count } / records.count
    Terminal.print(json ? PathTiming.json(results, bytes) : PathTiming.table(results, bytes))
  }

  private func records(for pipeline: FittedPipeline) throws -> [[UInt8]] {
    var source: any ApplicationSource
    if let input {
      source = try TableSource(
        input,
        layout: pipeline.layout,
        schema: pipeline.schema,
        times: TableSource.Times(startMilliseconds: 0),
        limit: events,
        history: try publishedHistory(of: input, for: pipeline)
      )
    } else {
      source = SimulatedSource(try Simulator(file: YAMLFile(path: simulation), seed: 1), rows: 0..<events)
    }
    var records: [[UInt8]] = []
    while let record = try source.next() {
      if let value = record.value { records.append(value) }
    }
    guard !records.isEmpty else { throw CommandFailure("no event to measure: the table is empty") }
    return records
  }

  private func publishedHistory(of input: String, for pipeline: FittedPipeline) throws -> PublishedHistory? {
    let folder = history.folder
    try ApplicationTableReader(pipeline).check(folder, for: input)
    return try folder.map {
      try PublishedHistory(
        $0,
        of: input,
        layout: pipeline.layout,
        idField: pipeline.schema.idField,
        plan: pipeline.historyPlan
      )
    }
  }
}

/// One way to run through events.
struct PathVariant {
  var name: String
  var run: ([[UInt8]]) -> Void

  static func all(_ model: ScoringModel) -> [PathVariant] {
    let pipeline = model.pipeline
    let decoder = ApplicationDecoder(schema: pipeline.schema, dictionaries: pipeline.dictionaries)
    let decode = PathVariant(name: "decode only") { records in
      var application = Application(schema: pipeline.schema)
      for record in records {
        // What is rejected costs too; the outcome does not matter here.
        record.withUnsafeBytes { try? decoder.decode($0, into: &application) }
      }
    }
    return [decode, features(pipeline), DictionaryWalk.variant(pipeline)]
      + [
        ("whole path, no reasons", ReasonsMode.none), ("whole path, reasons unless approved", .nonApprove),
        ("whole path, reasons for all", .all),
      ].map { name, mode in whole(name, ApplicationScorer(model: model, reasons: mode)) }
  }

  private static func features(_ pipeline: FittedPipeline) -> PathVariant {
    let reader = ApplicationEventReader(pipeline)
    return PathVariant(name: "features of an event") { records in
      var application = Application(schema: pipeline.schema)
      var features = [Float](repeating: .nan, count: pipeline.features.count)
      for record in records {
        record.withUnsafeBytes { try? reader.read($0, into: &application) }
        application.values.withUnsafeBufferPointer { values in
          features.withUnsafeMutableBufferPointer { pipeline.transform(values, into: $0) }
        }
      }
    }
  }

  private static func whole(_ name: String, _ scorer: ApplicationScorer) -> PathVariant {
    PathVariant(name: name) { records in
      var writer = JSONWriter()
      for (offset, record) in records.enumerated() {
        writer.removeAll(keepingCapacity: true)
        let source = RecordCoordinates(topic: "bench", partition: 0, offset: Int64(offset))
        record.withUnsafeBytes { _ = scorer.decide($0, from: source, into: &writer) }
      }
    }
  }
}

/// What one variant cost, per event.
private struct PathTiming {
  var name: String
  /// Of each pass, ascending.
  var microseconds: [Double]

  var median: Double { microseconds[microseconds.count / 2] }

  static func table(_ timings: [PathTiming], _ bytes: Int) -> String {
    let rows = timings.map { timing in
      [
        timing.name, "\(Int(1e6 / timing.median))", Terminal.fixed(timing.median, 2),
        Terminal.fixed(timing.microseconds[0], 2),
        Terminal.fixed(timing.microseconds[timing.microseconds.count - 1], 2),
      ]
    }
    return Terminal.table([["path (\(bytes) bytes an event)", "events/s", "µs median", "min", "max"]] + rows)
  }

  static func json(_ timings: [PathTiming], _ bytes: Int) -> String {
    var writer = JSONWriter(pretty: true)
    writer.beginObject()
    writer.member("bytes_per_event", bytes)
    writer.key("paths")
    writer.beginArray()
    for timing in timings {
      writer.beginObject()
      writer.member("name", timing.name)
      writer.member("events_per_second", 1e6 / timing.median)
      writer.member("microseconds_median", timing.median)
      writer.member("microseconds", timing.microseconds)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
