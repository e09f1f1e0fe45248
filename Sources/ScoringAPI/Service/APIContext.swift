import Logging
import ModelRegistry
import NIOPosix
import Synchronization

/// What all event loops share.
final class APIContext: Sendable {
  let settings: APISettings
  let registry: ModelRegistry
  let models = ModelInForce()
  let keys: KeyStore
  let metrics: APIMetrics
  let throttle = FailureThrottle()
  let replays = ReplayStore()
  let sources: SourceNumbers
  let forwarding: Forwarding
  let journal: DecisionJournal?
  let follower: TopicFollower?
  let readiness: Readiness
  let threads: NIOThreadPool
  let logger: Logger
  let routes: RouteTable
  private let draining = Atomic(false)

  init(
    settings: APISettings,
    keys: KeyStore,
    metrics: APIMetrics,
    journal: DecisionJournal?,
    makeFollower: (ModelSwitch) -> TopicFollower?,
    loops: Int,
    routes: RouteTable,
    threads: NIOThreadPool,
    logger: Logger
  ) {
    self.settings = settings
    registry = ModelRegistry(root: settings.registry)
    self.keys = keys
    self.metrics = metrics
    sources = SourceNumbers(instance: settings.instance, startMicroseconds: APIClock.wallMicroseconds())
    forwarding = Forwarding(proxies: settings.trustedProxies.compactMap { AddressRange($0) })
    self.journal = journal
    follower = makeFollower(ModelSwitch(registry: registry, models: models, metrics: metrics, logger: logger))
    readiness = Readiness(loops: loops)
    self.threads = threads
    self.logger = logger
    self.routes = routes
  }

  var modelSwitch: ModelSwitch {
    ModelSwitch(registry: registry, models: models, metrics: metrics, logger: logger)
  }

  /// Whether a shutdown was asked for: answers then close their connections.
  var isDraining: Bool { draining.load(ordering: .relaxed) }

  func drain() { draining.store(true, ordering: .relaxed) }

  /// Why requests cannot be decided now; empty when they can.
  func obstacles() -> [String] {
    var obstacles: [String] = []
    let now = APIClock.wallMilliseconds()
    if isDraining { obstacles.append("shutting down") }
    if models.current == nil { obstacles.append("no model is in force") }
    if readiness.slowest(now) > 5_000 { obstacles.append("an event loop has made no progress for 5 s") }
    if let follower, now - follower.lookedAt > 30_000 {
      obstacles.append("the models topic was not looked at for 30 s")
    }
    if let journal, !journal.isHealthy {
      obstacles.append("the brokers did not acknowledge the last decisions")
    }
    return obstacles
  }
}
