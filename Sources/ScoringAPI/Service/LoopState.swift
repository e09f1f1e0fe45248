import CreditScoring
import Logging
import NIOCore
import NIOHTTP1
import StrictJSON
import Telemetry

/// What belongs to one event loop and is touched by nobody else: scorer, buffers, connections.
///
/// **Thread:** that of its event loop.
final class LoopState {
  /// So many lines a second are logged for refused requests; the rest are counted.
  private static let linesPerSecond = 10

  let context: APIContext
  let eventLoop: any EventLoop
  let index: Int
  var writer = JSONWriter()
  var texts = JSONWriter()
  var identity = RequestIdentity()
  /// The header `Date`, renewed each second.
  private(set) var date = ""
  private var generation = -1
  private var served: (model: ServedModel, scorer: ApplicationScorer)?
  private var connections: [ObjectIdentifier: RequestHandler] = [:]
  private var lines = 0
  private var heldBack = 0

  init(_ context: APIContext, _ eventLoop: any EventLoop, index: Int) {
    self.context = context
    self.eventLoop = eventLoop
    self.index = index
    date = APIClock.httpDate(APIClock.wallMilliseconds())
  }

  /// The model in force and this loop's scorer for it.
  ///
  /// - Throws: ``Problem`` when none is in force.
  func current() throws(Problem) -> (model: ServedModel, scorer: ApplicationScorer) {
    let generation = context.models.generation
    if generation != self.generation, let model = context.models.current {
      self.generation = generation
      served = (model, ApplicationScorer(model: model.model))
    }
    guard let served else {
      throw Problem(
        .noModel,
        "no model is in force",
        remedy: "announce one with `creditstream model activate`, then send the request again"
      ).retry(afterSeconds: 5)
    }
    return served
  }

  func add(_ handler: RequestHandler) {
    connections[ObjectIdentifier(handler)] = handler
    context.metrics.connections.increment()
  }

  func remove(_ handler: RequestHandler) {
    guard connections.removeValue(forKey: ObjectIdentifier(handler)) != nil else { return }
    context.metrics.closedConnections.increment()
  }

  /// Runs each quarter of a second: deadlines, the date, the sign of life.
  func tick() {
    let wall = APIClock.wallMilliseconds()
    let now = NIODeadline.now()
    date = APIClock.httpDate(wall)
    context.readiness.tick(loop: index, wall)
    for handler in Array(connections.values) { handler.checkDeadline(now) }
    if heldBack > 0, lines == 0 {
      context.logger.notice("More requests were refused", metadata: [LogKey.heldBack: "\(heldBack)"])
      heldBack = 0
    }
    lines = max(0, lines - Self.linesPerSecond / 4 - 1)
  }

  /// Logs an answered request: successes at debug, refusals at info, but not more than a reader can use.
  func log(_ call: Call?, method: HTTPMethod, _ reply: Reply, requestID: String, microseconds: Int) {
    let level: Logger.Level = reply.status.code >= 500 ? .error : reply.status.code >= 400 ? .info : .debug
    guard level >= context.logger.logLevel else { return }
    if level > .debug {
      guard lines < Self.linesPerSecond else {
        heldBack += 1
        return
      }
      lines += 1
    }
    var metadata: Logger.Metadata = [
      LogKey.requestID: "\(requestID)", LogKey.traceID: "\(call?.trace.traceID ?? requestID)",
      LogKey.status: "\(reply.status.code)", LogKey.microseconds: "\(microseconds)",
      LogKey.route: "\(call.map { context.routes.routes[$0.route].path } ?? "(none)")",
      LogKey.method: "\(call == nil ? "-" : method.rawValue)",
    ]
    if let problem = reply.problem { metadata[LogKey.problem] = "\(problem.rawValue)" }
    if let key = call?.key { metadata[LogKey.key] = "\(key.name)" }
    context.logger.log(level: level, "Request", metadata: metadata)
  }
}
