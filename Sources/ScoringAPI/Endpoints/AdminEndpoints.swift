import CreditEvents
import KafkaClient
import Logging
import ModelRegistry
import NIOCore
import NIOPosix
import StrictJSON
import Telemetry

/// `POST /v1/models/{version}/activate` and `POST /v1/models/rollback`: off unless enabled, and always logged.
enum AdminEndpoints {
  static func activate(_ call: Call, _ loop: LoopState) throws(Problem) -> Answer {
    try act(call, loop) { context, name in
      let version = String(call.parameters.first ?? "")
      let bundle = try bundle(name, version, context.registry)
      context.metrics.activations.increment()
      return context.registry.announcement(of: bundle, activeFromMilliseconds: 0)
    }
  }

  static func rollBack(_ call: Call, _ loop: LoopState) throws(Problem) -> Answer {
    guard loop.context.journal == nil else {
      throw Problem(
        .adminDisabled,
        "with brokers the way back is announced on the models topic",
        remedy: "use `creditstream model rollback`, which reads the topic first"
      )
    }
    return try act(call, loop) { context, name in
      let all = try context.registry.activations(of: name)
      let current = context.models.current?.identity
      guard let before = all.last(where: { $0.model != current }) else {
        throw Problem(
          .nothingBefore,
          "no other version was in force before",
          remedy: "put a version in force with POST /v1/models/{version}/activate"
        )
      }
      let bundle = try bundle(name, before.model.version, context.registry)
      context.metrics.rollbacks.increment()
      return context.registry.announcement(of: bundle, activeFromMilliseconds: 0, isRollback: true)
    }
  }

  private static func act(
    _ call: Call,
    _ loop: LoopState,
    _ choose: @escaping @Sendable (APIContext, String) throws -> ModelAnnouncement
  ) throws(Problem) -> Answer {
    let context = loop.context
    guard context.settings.isAdminEnabled else {
      throw Problem(
        .adminDisabled,
        "admin actions are off",
        remedy: "the operator may turn them on with the setting admin: true"
      )
    }
    let before = try loop.current().model.identity
    return .later(
      context.threads.runIfActive(eventLoop: loop.eventLoop) {
        let announcement = try choose(context, before.name)
        try announce(announcement, context)
        context.logger.notice(
          announcement.isRollback ? "Admin: back to a model" : "Admin: model put in force",
          metadata: [
            LogKey.key: "\(call.key?.name ?? "")", LogKey.requestID: "\(call.requestID)",
            LogKey.traceID: "\(call.trace.traceID)",
            LogKey.model: "\(announcement.model.name)/\(announcement.model.version)",
            LogKey.sha256: "\(announcement.model.sha256)",
          ]
        )
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("announced")
        announcement.model.encode(into: &writer)
        writer.key("before")
        before.encode(into: &writer)
        writer.endObject()
        return Reply(json: writer)
      }
    )
  }

  /// Announces on the topic where there is one, else in the registry; either way the followers take it over.
  private static func announce(_ announcement: ModelAnnouncement, _ context: APIContext) throws {
    guard let journal = context.journal else {
      try context.registry.activate(announcement)
      return context.modelSwitch.take([announcement])
    }
    var writer = JSONWriter()
    announcement.encode(into: &writer)
    let entry = DecisionJournal.Entry(
      applicationID: announcement.recordKey,
      value: writer.bytes,
      headers: RecordHeaders()
    )
    do throws(KafkaError) {
      try journal.announce(entry, topic: context.settings.kafka.models)
    } catch {
      context.logger.error("Announcing a model", metadata: [LogKey.reason: "\(error)"])
      throw Problem(
        .notRecorded,
        "the model could not be announced",
        remedy: "try again when the brokers answer"
      )
      .retry(afterSeconds: 5)
    }
  }

  private static func bundle(_ name: String, _ version: String, _ registry: ModelRegistry) throws
    -> ModelBundle
  {
    do throws(RegistryError) {
      return try registry.bundle(name, version: version)
    } catch {
      throw ModelEndpoints.problem(error, name, registry)
    }
  }
}
