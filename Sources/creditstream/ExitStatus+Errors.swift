import CreditEvents
import CreditScoring
import DriftDetection
import DriftMonitoring
import FeaturePipeline
import KafkaClient
import ModelRegistry
import ModelTraining
import ScoringAPI
import ScoringStream
import Settings
import Simulation
import Tables

extension ExitStatus {
  /// How the HTTP API ends.
  init(_ error: ScoringAPIError) {
    switch error.code {
    case .settings: self = .usage
    case .route: self = .internalFailure
    case .address: self = .unavailable
    case .late: self = .cutShort
    }
  }

  /// How a command ends with an error of one of our modules; nil for errors of the argument parser and others.
  init?(of error: any Error) {
    switch error {
    case let error as TableError: self = error.code == .cannotWrite ? .cannotWrite : .dataError
    case let error as RegistryError: self = error.code == .cannotWrite ? .cannotWrite : .dataError
    case is SettingsError: self = .usage
    case let error as DriftError: self = error.code == .invalidSetting ? .usage : .dataError
    case let error as MonitorError: self = error.code == .delivery ? .unavailable : .usage
    case is PipelineError, is TrainingError, is SimulationError, is SchemaError, is Rejection,
      is ScoringModelError:
      self = .dataError
    case is KafkaError: self = .unavailable
    default: return nil
    }
  }
}
