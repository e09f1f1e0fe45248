import ArgumentParser
import CreditEvents
import DriftDetection
import FeaturePipeline
import ScoringStream
import StrictJSON

/// `creditstream bench drift`: what watching for drift costs, per event in the scorer and per merge in the monitor.
struct BenchDriftCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drift",
    abstract: "Measures the side window of the scorer and the merge of the monitor, on one thread.",
    discussion: """
      Made-up features, two numbers to each category, with full bins. The sizes take turns, pass by pass, and the median pass
      counts. "count" is what each event costs: its values are taken and counted; "report" is what a batch of 1,000 costs \
      beside it, spread over its events: partials are made and written as JSON. "merge" adds up what the scorers report of \
      one time block and takes a step of the detector and the index of every feature.

      Example:  creditstream bench drift --passes 21
      """
  )

  @Option(help: "How many passes.")
  var passes = 21

  @Option(help: "How many events a pass counts.")
  var events = 20_000

  @Option(help: "How many scorers report.")
  var scorers = 16

  @Flag(help: "Write the figures as JSON.")
  var json = false

  func validate() throws {
    guard (1...10_000).contains(passes), (1_000...10_000_000).contains(events), (1...1_000).contains(scorers)
    else {
      throw ValidationError("give at least 1 pass, 1000 events and 1 scorer")
    }
  }

  func run() throws {
    let benches = try [24, 120].map { try DriftBench(features: $0, events: events, scorers: scorers) }
    var counts = benches.map { _ in [Double]() }
    var reports = counts
    var merges = counts
    for _ in 0..<passes {
      for (index, bench) in benches.enumerated() {
        let pass = bench.count()
        counts[index].append(pass.count)
        reports[index].append(pass.report)
        merges[index].append(try bench.merge())
      }
    }
    func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    if json {
      var writer = JSONWriter(pretty: true)
      writer.beginArray()
      for (index, bench) in benches.enumerated() {
        writer.beginObject()
        writer.member("features", bench.featureCount)
        writer.member("count_nanoseconds", median(counts[index]))
        writer.member("report_nanoseconds", median(reports[index]))
        writer.member("merge_milliseconds", median(merges[index]))
        writer.endObject()
      }
      writer.endArray()
      Terminal.print(String(decoding: writer.bytes, as: UTF8.self))
      return
    }
    let rows = benches.enumerated().map { index, bench in
      [
        "\(bench.featureCount) features", Terminal.fixed(median(counts[index]), 1),
        Terminal.fixed(counts[index].min() ?? 0, 1), Terminal.fixed(median(reports[index]), 1),
        Terminal.fixed(median(merges[index]), 3),
      ]
    }
    let head = ["", "count, ns/event", "min", "report, ns/event", "merge of \(scorers), ms"]
    Terminal.print(Terminal.table([head] + rows))
  }
}

/// Features, events and reports of one size.
private struct DriftBench {
  static let batch = 1_000

  let featureCount: Int
  private let profile: ReferenceProfile
  private let watch: EventWatch
  private let rows: [[Double]]
  private let events: Int
  private let partials: [WindowPartial]
  private let tolerance: DriftTolerance

  init(features: Int, events: Int, scorers: Int) throws {
    featureCount = features
    self.events = events
    tolerance = try DriftTolerance()
    var generator = SeededGenerator(seed: 5)
    func column(_ feature: Int, _ count: Int) -> [Double] {
      (0..<count).map { _ in
        if generator.index(below: 50) == 0 { return .nan }
        return feature % 3 == 2
          ? Double(generator.index(below: 12)) : Double(generator.index(below: 1_000_000))
      }
    }
    let columns = (0..<features).map { column($0, 25_000) }
    let profile = try ReferenceProfile(
      features: columns.enumerated().map { feature, values in
        feature % 3 == 2
          ? try FeatureReference(category: "f\(feature)", codes: values, dictionarySize: 12)
          : try FeatureReference(number: "f\(feature)", values: values)
      }
    )
    self.profile = profile
    watch = EventWatch(profile, blockMilliseconds: 60_000)
    rows = (0..<4_096).map { row in columns.map { $0[row] } }
    let counter = EventCounter(profile: profile)
    partials = try (0..<scorers).map { scorer in
      var window = WindowCounts(slotCount: profile.slotCount)
      for row in 0..<100 {
        let values = columns.map { $0[5_000 + (scorer * 100 + row) % 20_000] }
        values.withUnsafeBufferPointer { counter.count($0, into: &window) }
      }
      return try WindowPartial(
        partition: Int32(scorer),
        offsets: 0..<100,
        blocks: [.init(time: TimeBlock(index: 1), counts: window.sparse)]
      )
    }
  }

  /// Counts all events in batches; nanoseconds an event for counting, and for what a batch adds.
  func count() -> (count: Double, report: Double) {
    var window = SideWindow()
    var writer = JSONWriter()
    let clock = ContinuousClock()
    var counting = Duration.zero
    var reporting = Duration.zero
    var offset: Int64 = 0
    while offset < events {
      let range = offset..<offset + Int64(Self.batch)
      let plan = BatchPlan(recordCount: Self.batch, models: [0: 0], offsets: [0: range])
      counting += clock.measure {
        for offset in range {
          let row = rows[Int(offset) & 4_095]
          watch.take { output in
            row.withUnsafeBufferPointer { _ = output.update(fromContentsOf: $0) }
          }
          // Ten events a second: a batch spans two or three time blocks.
          window.countDecision(
            RecordPosition(partition: 0, offset: offset, timestamp: offset * 100),
            watch,
            of: plan
          )
        }
      }
      reporting += clock.measure {
        window.close(plan)
        while let counted = window.next {
          window.tookNext()
          writer.removeAll(keepingCapacity: true)
          DriftPartial(
            model: ModelIdentity(name: "bench", version: "1", sha256: String(repeating: "0", count: 64)),
            topic: "bench",
            partition: counted.partition,
            offsets: counted.offsets,
            blockMilliseconds: counted.blockMilliseconds,
            decisions: counted.decisions,
            deadLetters: counted.deadLetters,
            blocks: counted.blocks
          ).encode(into: &writer)
        }
        window.removeAll()
      }
      offset += Int64(Self.batch)
    }
    return (counting / .nanoseconds(1) / Double(offset), reporting / .nanoseconds(1) / Double(offset))
  }

  /// Merges one time block of all scorers and tests every feature; milliseconds.
  func merge() throws -> Double {
    var windows = MergedWindows(slotCount: profile.slotCount)
    var detector = try DriftDetector(profile: profile, tolerance: tolerance)
    // The first step has no past to bet on: warm up with one.
    _ = detector.observe(try joined(MergedWindows(slotCount: profile.slotCount)))
    var indices = 0.0
    let took = try ContinuousClock().measure {
      for partial in partials { _ = try windows.fold(partial) }
      _ = detector.observe(windows.sliding(1))
      for (index, feature) in profile.features.enumerated() {
        indices += PopulationStability.index(
          reference: feature.bins.grouped(feature.counts),
          current: feature.bins.grouped(windows.landmark.counts[profile.slots(of: index)])
        )
      }
    }
    guard indices.isFinite else { throw DriftError(.invalidDocument, "an index is no number") }
    return took / .milliseconds(1)
  }

  private func joined(_ windows: MergedWindows) throws -> WindowCounts {
    var windows = windows
    for partial in partials { _ = try windows.fold(partial) }
    return windows.landmark
  }
}
