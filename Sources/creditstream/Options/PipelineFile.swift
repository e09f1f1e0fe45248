import FeaturePipeline
import ModelTraining
import Settings

/// Reads a pipeline file; everything that is wrong with it is told with file and line.
enum PipelineFile {
  /// Where the pipeline of the demo lies in a checkout.
  static let standard = "Config/pipelines/home-credit.yaml"

  static func load(_ path: String) throws -> TrainingDeclaration {
    let file = try YAMLFile(path: path)
    let declaration = try file.decode(TrainingDeclaration.self)
    let problems = declaration.validate()
    guard problems.isEmpty else {
      throw SettingsError(problems.map { file.problem(at: $0.path, $0.message) })
    }
    return declaration
  }
}
