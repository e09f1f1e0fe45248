import HummingbirdCore
import KafkaClient
public import Logging
import ModelRegistry
import NIOCore
import NIOPosix
public import ServiceLifecycle
import Synchronization
import Telemetry

/// The HTTP API of one process: loads the model, listens, follows models and keys, stops without losing a request.
public final class ScoringAPIService: Service {
  private let settings: APISettings
  private let logger: Logger
  private let onListening: @Sendable (Int) -> Void
  private let stops: AsyncStream<Void>
  private let stopping: AsyncStream<Void>.Continuation

  /// A service that has not started.
  ///
  /// - Parameters:
  ///   - settings: What the settings file says; see ``APISettings/problems()``.
  ///   - logger: Receives what operators should know.
  ///   - onListening: Called once with the port when requests are answered.
  public init(
    _ settings: APISettings,
    logger: Logger,
    onListening: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.settings = settings
    self.logger = logger
    self.onListening = onListening
    (stops, stopping) = AsyncStream.makeStream()
  }

  /// Asks for a shutdown, as SIGTERM does; ``run()`` returns when it is done.
  public func stop() { stopping.yield() }

  /// Answers until shut down.
  ///
  /// - Throws: ``ScoringAPIError``, `RegistryError`, `SettingsError` or `KafkaError` when it cannot start;
  ///   ``ScoringAPIError`` when the shutdown took too long.
  public func run() async throws {
    if let problem = settings.problems().first {
      throw ScoringAPIError(.settings, "\(problem.path.joined(separator: ".")): \(problem.message)")
    }
    let group = MultiThreadedEventLoopGroup(
      numberOfThreads: settings.threads > 0 ? settings.threads : System.coreCount
    )
    let threads = NIOThreadPool(numberOfThreads: 2)
    threads.start()
    let result: Result<Void, any Error>
    do {
      let context = try makeContext(group, threads)
      defer { context.follower?.stop() }
      try await serve(context, group)
      context.journal?.close()
      result = .success(())
    } catch {
      result = .failure(error)
    }
    try await threads.shutdownGracefully()
    try await group.shutdownGracefully()
    try result.get()
  }

  private func makeContext(_ group: MultiThreadedEventLoopGroup, _ threads: NIOThreadPool) throws
    -> APIContext
  {
    let routes = try RouteTable(Routes.all(settings))
    let metrics = APIMetrics(routes: routes.routes.map(\.path))
    var properties: KafkaProperties?
    if let brokers = settings.kafka.brokers {
      var all = KafkaProperties(
        settings.kafka.properties.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
      )
      all["bootstrap.servers"] = brokers
      properties = all
    }
    let (topic, logger) = (settings.kafka.models, self.logger)
    let journal = try properties.map {
      try DecisionJournal(settings, properties: $0, metrics: metrics, logger: logger)
    }
    return APIContext(
      settings: settings,
      keys: try KeyStore(path: settings.keyFile, defaultRate: settings.limits.requestsPerSecond),
      metrics: metrics,
      journal: journal,
      makeFollower: { modelSwitch in
        properties.map { TopicFollower($0, topic: topic, modelSwitch, logger: logger) }
      },
      loops: group.makeIterator().reduce(0) { count, _ in count + 1 },
      routes: routes,
      threads: threads,
      logger: logger
    )
  }

  private func serve(_ context: APIContext, _ group: MultiThreadedEventLoopGroup) async throws {
    let follower = try await startModels(context)
    let loops = LoopStates(context, group)
    loops.start(group)
    let (onListening, logger) = (onListening, logger)
    let server = Server(
      childChannelSetup: APIChannel(loops: loops, limits: settings.limits),
      configuration: ServerConfiguration(
        address: .hostname(settings.host, port: settings.port),
        backlog: 1_024,
        availableConnectionsDelegate: MaximumAvailableConnections(settings.limits.connections)
      ),
      onServerRunning: { channel in
        let address = channel.localAddress
        logger.notice(
          "Listening",
          metadata: [LogKey.address: "\(address?.ipAddress ?? ""):\(address?.port ?? 0)"]
        )
        onListening(address?.port ?? 0)
      },
      eventLoopGroup: group,
      logger: Logger(label: "creditstream.server", factory: { _ in SwiftLogNoOpLogHandler() })
    )
    // Detached, so that the server does not see the graceful shutdown before new requests have been turned away.
    let serving = Task.detached { try await server.run() }
    defer { serving.cancel() }
    try await withTaskCancellationOrGracefulShutdownHandler {
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await self.watch(context, follower) }
        tasks.addTask {
          do {
            try await serving.value
          } catch let error as IOError {
            throw ScoringAPIError(
              .address,
              "\(self.settings.host):\(self.settings.port) cannot be listened on (\(error)): choose another port"
            )
          }
        }
        tasks.addTask { try await self.shutDown(context) { try await server.shutdownGracefully() } }
        // Whichever ends first, ends the rest: the server itself, its orderly shutdown, or a failure.
        try await tasks.next()
        tasks.cancelAll()
        while (try? await tasks.next()) != nil {}
      }
    } onCancelOrGracefulShutdown: {
      self.stop()
    }
  }

  /// Waits for the call to stop; then turns new requests away, answers those that are there, and closes.
  private func shutDown(_ context: APIContext, _ close: @escaping @Sendable () async throws -> Void)
    async throws
  {
    for await _ in stops { break }
    guard !Task.isCancelled else { return }
    logger.notice("Shutting down")
    context.drain()
    try await Task.sleep(for: .milliseconds(settings.drainMilliseconds))
    let left = settings.shutdownMilliseconds - settings.drainMilliseconds
    try await withThrowingTaskGroup(of: Bool.self) { tasks in
      tasks.addTask {
        try await close()
        return true
      }
      tasks.addTask {
        try await Task.sleep(for: .milliseconds(left))
        return false
      }
      let isDone = try await tasks.next() ?? true
      tasks.cancelAll()
      guard !isDone else { return }
      throw ScoringAPIError(
        .late,
        "shutdown took longer than \(settings.shutdownMilliseconds) ms: requests were cut off"
      )
    }
  }

  /// Puts the first model in force, or starts to follow the topic that will.
  private func startModels(_ context: APIContext) async throws -> RegistryFollowing? {
    if let follower = context.follower {
      follower.start()
      return nil
    }
    let name = try RegistryFollower.name(in: context.registry, settings: settings)
    let following = RegistryFollowing(RegistryFollower(name, context.modelSwitch))
    try await context.threads.runIfActive { try following.start() }
    return following
  }

  /// Looks each half second whether keys or models have changed.
  private func watch(_ context: APIContext, _ follower: RegistryFollowing?) async throws {
    while !Task.isCancelled {
      try await Task.sleep(for: .milliseconds(500))
      try await context.threads.runIfActive { [logger] in
        do {
          if try context.keys.refresh() != nil {
            context.metrics.keyReloads.increment()
            logger.notice("Keys read again", metadata: [LogKey.records: "\(context.keys.ring.keys.count)"])
          }
        } catch {
          context.metrics.refusedKeyReloads.increment()
          logger.error("Keys refused; the old ones stay in force", metadata: [LogKey.reason: "\(error)"])
        }
        do {
          try follower?.look()
        } catch {
          context.metrics.modelsRefused.increment()
          logger.error("Models in the registry", metadata: [LogKey.reason: "\(error)"])
        }
      }
    }
  }
}
