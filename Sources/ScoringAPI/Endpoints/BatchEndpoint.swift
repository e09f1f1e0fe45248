import CreditEvents
import CreditScoring
import NIOCore
import NIOPosix
import StrictJSON
import Telemetry

/// `POST /v1/decisions/batch`: many applications, each with its decision or its problem, in their order.
///
/// It works on a thread of its own, so that a batch holds up nobody else's request.
enum BatchEndpoint {
  /// What became of a batch: the body of the answer, and what goes to the topic.
  private struct Outcome: Sendable {
    var body: ByteBuffer
    var language: String
    var entries: [DecisionJournal.Entry] = []
    var outcomes: [Decision.Outcome] = []
  }

  static func answer(_ call: Call, _ loop: LoopState) throws(Problem) -> Answer {
    let served = try loop.current().model
    let language = try served.language(for: call)
    let context = loop.context
    let eventLoop = loop.eventLoop
    let span = loop.identity.spanID()
    let worked = context.threads.runIfActive(eventLoop: eventLoop) {
      try work(call, served, language, span, context)
    }
    return .later(
      worked.flatMap { outcome in
        let recorded =
          context.journal?.write(outcome.entries, on: eventLoop) ?? eventLoop.makeSucceededVoidFuture()
        return recorded.map {
          for outcome in outcome.outcomes { context.metrics.count(outcome) }
          var reply = Reply(body: outcome.body)
          reply.headers = [("content-language", outcome.language)]
          return reply
        }
      }
    )
  }

  private static func work(
    _ call: Call,
    _ served: ServedModel,
    _ language: Int,
    _ span: String,
    _ context: APIContext
  ) throws -> Outcome {
    var limits = JSONLimits.event
    limits.maximumBytes = context.settings.limits.batchBytes
    // The batch itself is an object that holds an array.
    limits.maximumDepth += 2
    let parser = JSONParser(limits: limits)
    do {
      return try call.body.withUnsafeReadableBytes { bytes in
        guard !bytes.isEmpty else {
          throw Problem(.emptyBody, "the body is empty", remedy: "send `{\"applications\": [...]}`")
        }
        return try parser.withRoot(of: bytes) { root in
          try decide(try applications(root, call, context), call, served, language, span, context)
        }
      }
    } catch let error as JSONError {
      throw Problem(parsing: error, limits: limits)
    }
  }

  private static func applications(
    _ root: JSONValue,
    _ call: Call,
    _ context: APIContext
  ) throws(Problem) -> [JSONValue] {
    let remedy = "send `{\"applications\": [...]}`"
    guard root.kind == .object else {
      throw Problem(.notAnObject, "the body is JSON but no object", remedy: remedy)
    }
    var list: JSONValue?
    for (key, value) in root.members {
      guard key == "applications" else {
        throw Problem(
          .unknownField,
          "the body has a member that no batch has",
          remedy: remedy,
          field: "applications"
        )
      }
      list = value
    }
    guard let list, list.kind == .array else {
      throw Problem(
        .wrongType,
        "the body has no array of applications",
        remedy: remedy,
        field: "applications"
      )
    }
    let maximum = context.settings.limits.batchApplications
    guard (1...maximum).contains(list.count) else {
      throw Problem(
        list.count == 0 ? .emptyBody : .tooLarge,
        "the batch holds \(list.count) applications",
        remedy: "send 1 to \(maximum) at once",
        field: "applications"
      )
    }
    // The first was paid for when the request was let in.
    if let wait = call.key?.bucket?.take(list.count - 1, now: .now()) {
      throw Problem(
        .tooManyRequests,
        "the key has asked for more decisions than it may",
        remedy: "wait as long as Retry-After says, or send a smaller batch"
      ).retry(afterSeconds: wait)
    }
    return Array(list.elements)
  }

  private static func decide(
    _ applications: [JSONValue],
    _ call: Call,
    _ served: ServedModel,
    _ language: Int,
    _ span: String,
    _ context: APIContext
  ) throws(Problem) -> Outcome {
    let scorer = ApplicationScorer(model: served.model)
    var outcome = Outcome(body: ByteBuffer(), language: served.languages[language])
    var writer = JSONWriter()
    let time = APIClock.wallMilliseconds()
    writer.beginObject()
    writer.key("results")
    writer.beginArray()
    for application in applications {
      writer.beginObject()
      do throws(Rejection) {
        let decision = try scorer.decide(application, from: context.sources.take())
        if call.headers.prefersStrictHandling, let name = decision.dataQuality.unknownFields.first {
          writer.key("problem")
          Problem(
            .unknownField,
            "field \"\(name)\" is not one that the model expects",
            remedy: "leave it out, or correct its name (see /v1/schema)",
            field: name
          ).encode(into: &writer, requestID: nil)
        } else {
          writer.key("decision")
          decision.encode(into: &writer)
          writer.key("texts")
          served.encodeTexts(
            rules: decision.rules,
            reasons: decision.reasons,
            language: language,
            into: &writer
          )
          outcome.outcomes.append(decision.outcome)
          if let journal = context.journal {
            var value = JSONWriter()
            decision.encode(into: &value)
            outcome.entries.append(
              journal.entry(decision, value: value.bytes, time: time, trace: call.trace, span: span)
            )
          }
        }
      } catch {
        writer.key("problem")
        Problem(error).encode(into: &writer, requestID: nil)
      }
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    outcome.body = ByteBuffer(bytes: writer.bytes)
    return outcome
  }
}
