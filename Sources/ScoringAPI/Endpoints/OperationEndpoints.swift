import NIOCore
import StrictJSON
import Telemetry

/// `GET /health/live`, `/health/ready` and `/metrics`.
enum OperationEndpoints {
  /// Answers as long as no event loop hangs.
  static func live(_ call: Call, _ loop: LoopState) throws(Problem) -> Answer {
    guard loop.context.readiness.slowest(APIClock.wallMilliseconds()) < 30_000 else {
      throw Problem(.notReady, "an event loop has made no progress for 30 s", remedy: "restart the process")
    }
    return .now(state("live"))
  }

  /// Says whether requests can be decided now: by what has happened lately, not by what exists.
  static func ready(_ call: Call, _ loop: LoopState) throws(Problem) -> Answer {
    let obstacles = loop.context.obstacles()
    guard obstacles.isEmpty else {
      throw Problem(
        .notReady,
        obstacles.joined(separator: "; "),
        remedy: "send requests to another process, and look again later"
      ).retry(afterSeconds: 1)
    }
    return .now(state("ready"))
  }

  static func metrics(_ call: Call, _ loop: LoopState) throws(Problem) -> Answer {
    let context = loop.context
    let page = context.metrics.page(
      model: context.models.current?.identity,
      isReady: context.obstacles().isEmpty
    )
    return .now(Reply(contentType: PrometheusPage.contentType, body: ByteBuffer(string: page)))
  }

  private static func state(_ word: String) -> Reply {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("status", word)
    writer.endObject()
    return Reply(json: writer)
  }
}
