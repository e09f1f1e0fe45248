import ArgumentParser
import FeaturePipeline
import Foundation
import KafkaClient
import ModelTraining
import ScoringStream
import Simulation
import Tables

/// What publishing commands have in common.
struct PublishingOptions: ParsableArguments {
  @OptionGroup var connection: ConnectionOptions

  @Option(help: "The topic of the applications; the settings' by default.")
  var topic: String?

  @Flag(help: "Also publish what became of the loans, where it is known.")
  var outcomes = false

  @Option(help: "The topic of the outcomes.")
  var outcomesTopic = TopicSetup.outcomes

  @Option(help: "At most so many records a second; as fast as it goes by default.")
  var rate: Double?

  @Flag(help: "Create the topics that do not exist.")
  var createTopics = false

  func validate() throws {
    guard rate ?? 1 > 0 else { throw ValidationError("--rate: give a number above 0") }
  }

  /// Publishes everything a source has, with a progress bar.
  func publish(_ source: some ApplicationSource) throws {
    var settings = try connection.load()
    if let topic { settings.topics.applications = topic }
    if createTopics {
      for topic in try TopicSetup().run(settings) { Terminal.note("created \(topic)") }
    }
    let producer = try KafkaProducer(settings.clientProperties)
    var options = ApplicationPublisher.Options(
      applicationsTopic: settings.topics.applications,
      outcomesTopic: outcomes ? outcomesTopic : nil
    )
    options.recordsPerSecond = rate
    options.publishesLateOutcomes = true
    let bar = ProgressBar("publishing")
    let publisher = ApplicationPublisher(producer: producer, options: options) { progress in
      let fraction = progress.expected.map { Double(progress.applications) / Double(max(1, $0)) }
      bar.show(fraction ?? 0, "\(progress.applications) records, \(Int(progress.rate))/s")
    }
    let published = try publisher.publish(source)
    try producer.close()
    bar.finish("\(Int(published.rate))/s")
    Terminal.print(
      "\(published.applications) applications published to \(settings.topics.applications)"
        + (outcomes ? ", \(published.outcomes) outcomes to \(outcomesTopic)" : "")
    )
  }
}

/// `creditstream publish`: rows of a table as application events.
struct PublishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Publishes the rows of a table as applications.",
    discussion: """
      Records are keyed by application id. The label is no part of an event; with --outcomes it goes to the
      outcomes topic.

      Example:  creditstream publish --input application_test.csv.gz --topic loan.applications
      """
  )

  @Option(help: "The table, CSV or CSV.gz.")
  var input: String

  @Option(help: "The pipeline file that names the table's columns.")
  var pipeline = PipelineFile.standard

  @OptionGroup var history: HistoryOptions

  @Option(help: "At most so many rows.")
  var limit: Int?

  @OptionGroup var publishing: PublishingOptions

  func run() throws {
    let declaration = try PipelineFile.load(pipeline).pipeline
    let now = Int64(Date().timeIntervalSince1970 * 1_000)
    let plan = try declaration.historyPlan()
    let nested = try history.folder.map { folder in
      try ApplicationTableReader(declaration).check(folder, for: input)
      return try PublishedHistory(
        folder,
        of: input,
        layout: declaration.layout,
        idField: declaration.idField,
        plan: plan
      )
    }
    for line in nested?.summary ?? [] { Terminal.note(line) }
    let source = try TableSource(
      input,
      layout: declaration.layout,
      schema: declaration.schema(),
      // A table has no calendar: its rows are published as if they were made now.
      times: TableSource.Times(startMilliseconds: now, intervalMilliseconds: 0),
      limit: limit,
      history: nested
    )
    try publishing.publish(source)
  }
}
