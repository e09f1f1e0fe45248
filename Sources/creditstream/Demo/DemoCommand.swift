import ArgumentParser
import FeaturePipeline
import Foundation

/// `creditstream demo`: the whole main job in one process, on an embedded Kafka cluster.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract:
      "Trains a model, streams applications through an embedded Kafka cluster, decides and checks them.",
    discussion: """
      Without --data the applications are simulated from a seed; with it the first part of the table trains the
      model and the rest is streamed. With --model a registered bundle decides and everything is streamed.

      The embedded cluster shows the way of an event. It is no evidence for exactly-once: run `creditstream score`
      against a real Kafka for that.

      Example:  creditstream demo --data application_train.csv.gz
      """
  )

  @Option(help: "The pipeline file.")
  var pipeline = PipelineFile.standard

  @Option(help: "What is simulated when there is no --data.")
  var simulation = "Config/simulations/home-credit.yaml"

  @Option(help: "A table to use instead of simulated applications, CSV or CSV.gz.")
  var data: String?

  @Option(help: "A bundle's folder; nothing is trained then.")
  var model: String?

  @Option(help: "How many applications are simulated to train on.")
  var trainingCount = 12_000

  @Option(help: "How many applications are simulated to be decided.")
  var count = 20_000

  @Option(help: "The share of simulated records that are spoilt on purpose, 0 to 1.")
  var flaws = 0.005

  @Option(help: "The seed of everything random.")
  var seed: UInt64 = 1

  @Option(help: "How many workers score.")
  var workers = 2

  @Option(help: "Write each decision to this file as a line of JSON.")
  var decisions: String?

  func validate() throws {
    guard (0...1).contains(flaws) else { throw ValidationError("--flaws is a share: give 0 to 1") }
    guard trainingCount >= 500, count >= 1 else {
      throw ValidationError("--training-count needs at least 500 applications, --count at least 1")
    }
    guard (1...16).contains(workers) else { throw ValidationError("--workers: give 1 to 16") }
  }

  func run() async throws {
    let registry = FileManager.default.temporaryDirectory.appending(path: "creditstream-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: registry) }
    let material = try DemoMaterial.prepare(self, registry: registry.path())
    let stream = try DemoStream(material, workers: workers, decisionsFile: decisions)
    let result = try await stream.run()
    Terminal.print(DemoReport.text(result, material))
    guard !result.wasInterrupted else { throw CommandFailure("interrupted", .interrupted) }
    guard result.isClean else {
      throw CommandFailure("the check failed: see the table above", .dataError)
    }
  }
}
