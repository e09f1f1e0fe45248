import CreditEvents
import CreditScoring
import NIOCore
import StrictJSON

/// `POST /v1/decisions`: one application, decided on the event loop that read it, by the code of the stream.
enum DecisionEndpoint {
  static func answer(_ call: Call, _ loop: LoopState) throws(Problem) -> Answer {
    let (served, scorer) = try loop.current()
    let language = try served.language(for: call)
    let context = loop.context
    loop.writer.removeAll()
    let source = context.sources.take()
    let result = call.body.withUnsafeReadableBytes { scorer.decide($0, from: source, into: &loop.writer) }
    let decision: Decision
    do throws(Rejection) {
      decision = try result.get()
    } catch {
      throw Problem(error)
    }
    if call.headers.prefersStrictHandling, let name = decision.dataQuality.unknownFields.first {
      throw Problem(
        .unknownField,
        "field \"\(name)\" is not one that the model expects",
        remedy:
          "leave it out, correct its name (see /v1/schema), or send the request without `Prefer: handling=strict`",
        field: name
      )
    }
    let reply = reply(decision, served, language, loop)
    guard let journal = context.journal else {
      context.metrics.count(decision.outcome)
      return .now(reply)
    }
    let entry = journal.entry(
      decision,
      value: loop.writer.bytes,
      time: APIClock.wallMilliseconds(),
      trace: call.trace,
      span: loop.identity.spanID()
    )
    let outcome = decision.outcome
    return .later(
      journal.write([entry], on: loop.eventLoop).map {
        context.metrics.count(outcome)
        return reply
      }
    )
  }

  /// The decision as it stands on the topic, byte for byte, and beside it the texts in the caller's language.
  private static func reply(
    _ decision: Decision,
    _ served: ServedModel,
    _ language: Int,
    _ loop: LoopState
  ) -> Reply {
    loop.texts.removeAll()
    served.encodeTexts(
      rules: decision.rules,
      reasons: decision.reasons,
      language: language,
      into: &loop.texts
    )
    var body = ByteBufferAllocator().buffer(capacity: loop.writer.bytes.count + loop.texts.bytes.count + 24)
    body.writeStaticString("{\"decision\":")
    body.writeBytes(loop.writer.bytes)
    body.writeStaticString(",\"texts\":")
    body.writeBytes(loop.texts.bytes)
    body.writeStaticString("}")
    var reply = Reply(body: body)
    reply.headers = [("content-language", served.languages[language])]
    return reply
  }
}

extension ServedModel {
  /// The language that a caller gets.
  ///
  /// - Throws: ``Problem`` when the caller accepts none that we have.
  func language(for call: Call) throws(Problem) -> Int {
    guard let index = LanguageChoice.index(call.headers.acceptLanguage, among: languages) else {
      throw Problem(
        .unknownLanguage,
        "none of the languages asked for is there",
        remedy: "ask for one of \(languages.joined(separator: ", ")), or leave Accept-Language out",
        field: "accept-language"
      )
    }
    return index
  }
}
