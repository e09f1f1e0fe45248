import ArgumentParser
import Settings
import Simulation

/// `creditstream simulate stream`, or `simulate` alone: seeded applications from a declared population.
struct SimulateStreamCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stream",
    abstract: "Publishes simulated applications; the same seed gives the same records.",
    discussion: """
      Example:  creditstream simulate --count 10000 --seed 7 --flaws 0.01 --brokers localhost:9092 --create-topics
      """
  )

  @Option(help: "The file that declares the population.")
  var simulation = "Config/simulations/home-credit.yaml"

  @Option(help: "How many applications.")
  var count = 1_000

  @Option(help: "The number of the first one: later runs can go on where an earlier one ended.")
  var first = 0

  @Option(help: "The seed.")
  var seed: UInt64 = 1

  @Option(help: "The share of records that are spoilt on purpose, 0 to 1.")
  var flaws = 0.0

  @OptionGroup var publishing: PublishingOptions

  func validate() throws {
    guard count >= 1, first >= 0, first <= Int.max - count else {
      throw ValidationError("--count needs at least 1, --first at least 0")
    }
    guard (0...1).contains(flaws) else { throw ValidationError("--flaws is a share: give 0 to 1") }
  }

  func run() throws {
    let simulator = try Simulator(file: YAMLFile(path: simulation), seed: seed)
    try publishing.publish(
      SimulatedSource(simulator, rows: first..<first + count, flaws: FlawPlan(total: flaws))
    )
  }
}
