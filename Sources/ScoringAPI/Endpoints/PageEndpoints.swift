import NIOCore
import NIOHTTP1
import StrictJSON

/// `GET /docs`, its script, style and list of calls, and `GET /openapi.yaml`: from the program itself, nothing from elsewhere.
enum PageEndpoints {
  static func contract(_ call: Call, _ loop: LoopState) throws(Problem) -> Answer {
    page(call, PackageResources.openapi_yaml, "application/yaml")
  }

  static func documentation(_ call: Call, _ loop: LoopState) throws(Problem) -> Answer {
    page(call, PackageResources.docs_html, "text/html; charset=utf-8")
  }

  static func script(_ call: Call, _ loop: LoopState) throws(Problem) -> Answer {
    page(call, PackageResources.docs_js, "text/javascript; charset=utf-8")
  }

  static func style(_ call: Call, _ loop: LoopState) throws(Problem) -> Answer {
    page(call, PackageResources.docs_css, "text/css; charset=utf-8")
  }

  /// The calls of the API, as the page draws them; made from the routes, so that it cannot leave one out.
  static func calls(_ call: Call, _ loop: LoopState) throws(Problem) -> Answer {
    var writer = JSONWriter()
    writer.beginArray()
    for route in loop.context.routes.routes where !route.path.hasPrefix("/docs") {
      writer.beginObject()
      writer.member("method", route.method.rawValue)
      writer.member("path", route.path)
      writer.member("summary", route.summary)
      writer.member("scope", route.scopeName)
      writer.member("has_body", route.body != .none)
      writer.member("is_batch", route.path.hasSuffix("/batch"))
      writer.member("replayable", route.isReplayable)
      writer.endObject()
    }
    writer.endArray()
    return page(call, writer.bytes, "application/json")
  }

  private static func page(_ call: Call, _ bytes: [UInt8], _ type: String) -> Answer {
    .now(
      Reply.document(
        bytes,
        contentType: type,
        tag: Fingerprint.text(bytes),
        known: call.headers.ifNoneMatch,
        headers: [SecurityHeaders.page]
      )
    )
  }
}

extension Route {
  /// Who may call it, in a word.
  var scopeName: String {
    switch access {
    case .scope(let scope): scope.rawValue
    case .open, nil: "open"
    }
  }
}
