import ArgumentParser
import CreditEvents
import Foundation
import ScoringAPI
import ScoringStream

/// The program: one subcommand a role, wiring only.
@main
struct Creditstream: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "creditstream",
    abstract: "Decides on loan applications as they arrive on Kafka, exactly once, with the reasons.",
    discussion: """
      Start with:  creditstream demo
      Then:        creditstream train --pipeline Config/pipelines/home-credit.yaml --data train.csv.gz --registry models
                   creditstream model activate home-credit 1 --registry models --brokers localhost:9092
                   creditstream score --settings Config/creditstream.yaml
      """,
    version: ProgramVersion.current,
    subcommands: [
      DemoCommand.self, ExploreCommand.self, TrainCommand.self, PipelineCommand.self, ModelCommand.self,
      PredictCommand.self, ExplainCommand.self, PublishCommand.self, SimulateCommand.self, ScoreCommand.self,
      MonitorCommand.self,
      ServeCommand.self,
      DriftCommand.self, BenchCommand.self,
    ]
  )

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let failure as CommandFailure {
      fail(failure.description, failure.exitCode.rawValue)
    } catch let failure as ScoringAPIError {
      fail(failure.description, ExitStatus(failure).rawValue)
    } catch let failure as ScoringStreamError {
      fail("\(failure)", failure.exitCode.rawValue)
    } catch {
      guard let status = ExitStatus(of: error) else { exit(withError: error) }
      fail("\(error)", status.rawValue)
    }
  }

  private static func fail(_ message: String, _ status: Int32) -> Never {
    FileHandle.standardError.write(Data("creditstream: \(message)\n".utf8))
    Foundation.exit(status)
  }
}
