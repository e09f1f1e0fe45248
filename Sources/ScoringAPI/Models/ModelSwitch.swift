import CreditEvents
import Logging
import ModelRegistry
import Telemetry

/// Loads announced bundles and puts them in force; one that is refused leaves the model before it in force.
struct ModelSwitch: Sendable {
  let registry: ModelRegistry
  let models: ModelInForce
  let metrics: APIMetrics
  let logger: Logger

  /// Puts the first of the announced bundles in force that can be used.
  ///
  /// - Parameter announcements: The bundles, the best first.
  func take(_ announcements: [ModelAnnouncement]) {
    for announcement in announcements {
      if announcement.model == models.current?.identity { return }
      do {
        return put(try registry.bundle(for: announcement), isRollback: announcement.isRollback)
      } catch {
        refuse(announcement.model, error)
      }
    }
  }

  /// Puts a bundle in force that is already read.
  func put(_ bundle: ModelBundle, isRollback: Bool = false) {
    let identity = bundle.manifest.model
    do {
      let before = models.current?.identity
      guard models.put(try ServedModel(bundle)) else { return }
      if before != nil { metrics.modelSwitches.increment() }
      logger.notice(
        isRollback ? "Model in force: back to it" : "Model in force",
        metadata: [
          LogKey.model: "\(identity.name)/\(identity.version)", LogKey.sha256: "\(identity.sha256)",
        ]
      )
    } catch {
      refuse(identity, error)
    }
  }

  private func refuse(_ identity: ModelIdentity, _ error: any Error) {
    metrics.modelsRefused.increment()
    logger.error(
      "Model refused; the one before stays in force",
      metadata: [LogKey.model: "\(identity.name)/\(identity.version)", LogKey.reason: "\(error)"]
    )
  }
}
