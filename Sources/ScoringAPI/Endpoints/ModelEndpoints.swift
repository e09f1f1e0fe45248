import CreditEvents
import ModelRegistry
import NIOCore
import NIOPosix
import StrictJSON

/// `GET /v1/models…`: what is registered, and what is in force.
///
/// Reads files, so it works on a thread of its own.
enum ModelEndpoints {
  static func list(_ call: Call, _ loop: LoopState) throws(Problem) -> Answer {
    let served = try loop.current().model
    let context = loop.context
    return reading(loop) {
      let name = served.identity.name
      var writer = JSONWriter()
      writer.beginObject()
      writer.member("model", name)
      writer.member("in_force", served.identity.version)
      writer.key("versions")
      writer.beginArray()
      for version in try context.registry.versions(of: name) {
        writer.beginObject()
        writer.member("version", "\(version)")
        writer.member("in_force", "\(version)" == served.identity.version)
        if let manifest = try? context.registry.manifest(name, version: "\(version)") {
          writer.member("created", manifest.created)
          writer.member("sha256", manifest.model.sha256)
        }
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
      return Reply.document(
        writer.bytes,
        contentType: "application/json",
        tag: Fingerprint.text(writer.bytes),
        known: call.headers.ifNoneMatch
      )
    }
  }

  static func show(_ call: Call, _ loop: LoopState) throws(Problem) -> Answer {
    let served = try loop.current().model
    let context = loop.context
    return reading(loop) {
      let manifest = try manifest(call, served, context.registry)
      var writer = JSONWriter()
      writer.beginObject()
      writer.member("in_force", manifest.model == served.identity)
      writer.key("manifest")
      try manifest.encode(into: &writer)
      writer.endObject()
      return Reply.document(
        writer.bytes,
        contentType: "application/json",
        tag: Fingerprint.text(writer.bytes),
        known: call.headers.ifNoneMatch
      )
    }
  }

  static func card(_ call: Call, _ loop: LoopState) throws(Problem) -> Answer {
    let served = try loop.current().model
    let context = loop.context
    return reading(loop) {
      let manifest = try manifest(call, served, context.registry)
      guard let card = try card(of: manifest.model, context.registry) else {
        throw Problem(
          .noCard,
          "the bundle has no card",
          remedy: "train the model again with a version of the program that writes one"
        )
      }
      return Reply.document(
        card,
        contentType: "text/html; charset=utf-8",
        tag: Fingerprint.text(card),
        known: call.headers.ifNoneMatch,
        headers: [SecurityHeaders.card]
      )
    }
  }

  static func schema(_ call: Call, _ loop: LoopState) throws(Problem) -> Answer {
    let served = try loop.current().model
    return .now(
      Reply.document(
        served.schemaDocument,
        contentType: "application/json",
        tag: served.identity.sha256,
        known: call.headers.ifNoneMatch
      )
    )
  }

  private static func manifest(
    _ call: Call,
    _ served: ServedModel,
    _ registry: ModelRegistry
  ) throws -> BundleManifest {
    let name = served.identity.name
    let version = String(call.parameters.first ?? "")
    do throws(RegistryError) {
      return try registry.manifest(name, version: version)
    } catch {
      throw problem(error, name, registry)
    }
  }

  private static func card(of model: ModelIdentity, _ registry: ModelRegistry) throws -> [UInt8]? {
    do throws(RegistryError) {
      return try registry.card(model.name, version: model.version)
    } catch {
      throw problem(error, model.name, registry)
    }
  }

  /// The problem of a version that cannot be had.
  static func problem(_ error: RegistryError, _ name: String, _ registry: ModelRegistry) -> Problem {
    switch error.code {
    case .notFound, .invalidName:
      let known = ((try? registry.versions(of: name)) ?? []).map(String.init).joined(separator: ", ")
      return Problem(
        .unknownVersion,
        "there is no such version of \(name)",
        remedy: "ask for one of \(known)",
        field: "version"
      )
    case .versionExists, .unreadableFile, .wrongDigest, .invalidContent, .vectorsDiffer, .cannotWrite:
      return Problem(
        .refusedModel,
        "the bundle is refused by its checks",
        remedy: "restore the bundle; `creditstream model list` says what is wrong with it",
        field: "version"
      )
    }
  }

  private static func reading(_ loop: LoopState, _ work: @escaping @Sendable () throws -> Reply) -> Answer {
    .later(loop.context.threads.runIfActive(eventLoop: loop.eventLoop, work))
  }
}
