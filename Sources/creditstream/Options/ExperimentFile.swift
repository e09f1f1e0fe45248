import FeaturePipeline
import Foundation
import ModelTraining
import Settings

/// Reads an experiment file with the pipeline file that it names; what is wrong is told with file and line.
struct ExperimentFile {
  /// What is tried.
  let experiment: ExperimentDeclaration
  /// The pipeline and the policy.
  let declaration: TrainingDeclaration
  /// The SHA-256 of both files, and the seed: everything they decide.
  let identity: String

  init(_ path: String, seed: UInt64?) throws {
    let file = try YAMLFile(path: path)
    var experiment = try file.decode(ExperimentDeclaration.self)
    if let seed { experiment.seed = seed }
    let pipeline = URL(filePath: experiment.pipeline, relativeTo: URL(filePath: path))
      .path(percentEncoded: false)
    declaration = try PipelineFile.load(pipeline)
    let problems = experiment.validate(with: declaration.pipeline)
    guard problems.isEmpty else {
      throw SettingsError(problems.map { file.problem(at: $0.path, $0.message) })
    }
    // A space without a point is told before the table is read.
    _ = try experiment.candidates()
    self.experiment = experiment
    identity = "\(try FileDigest.sha256(of: path)) \(try FileDigest.sha256(of: pipeline)) \(experiment.seed)"
  }
}
