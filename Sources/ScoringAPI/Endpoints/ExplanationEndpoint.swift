import CreditEvents
import CreditScoring
import FeaturePipeline
import NIOCore
import StrictJSON

/// `POST /v1/explanations`: everything that made one application's margin.
///
/// Nothing is decided or recorded by it.
enum ExplanationEndpoint {
  static func answer(_ call: Call, _ loop: LoopState) throws(Problem) -> Answer {
    let (served, scorer) = try loop.current()
    let language = try served.language(for: call)
    let result = call.body.withUnsafeReadableBytes { bytes in
      Result { () throws(Rejection) in try scorer.explain(bytes) }
    }
    let explanation: Explanation
    do throws(Rejection) {
      explanation = try result.get()
    } catch {
      throw Problem(error)
    }
    var reply = Reply(json: document(explanation, served, language))
    reply.headers = [("content-language", served.languages[language])]
    return .now(reply)
  }

  private static func document(_ explanation: Explanation, _ served: ServedModel, _ language: Int)
    -> JSONWriter
  {
    let model = served.model
    let assessment = explanation.assessment
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("application_id", explanation.applicationID)
    writer.key("model")
    model.identity.encode(into: &writer)
    writer.member("outcome", assessment.outcome.rawValue)
    writer.member("probability_of_default", assessment.probabilityOfDefault)
    writer.member("margin", assessment.margin)
    writer.member("points", assessment.points)
    writer.member("rules", assessment.rules)
    writer.member("base", assessment.base)
    writer.member("language", served.languages[language])
    writer.key("factors")
    writer.beginArray()
    for factor in explanation.factors.sorted(by: { $0.contribution > $1.contribution }) {
      writer.beginObject()
      writer.member("code", factor.code)
      writer.member("text", served.text(of: factor.code, language: language))
      writer.member("fields", factor.fields)
      writer.member("contribution", factor.contribution)
      writer.endObject()
    }
    writer.endArray()
    writer.key("features")
    writer.beginArray()
    for (index, feature) in model.pipeline.features.enumerated() {
      writer.beginObject()
      writer.member("name", feature.name)
      writer.key("value")
      let value = explanation.features[index]
      if value.isFinite { writer.number(value) } else { writer.null() }
      writer.member("contribution", explanation.contributions[index])
      writer.endObject()
    }
    writer.endArray()
    writer.key("data_quality")
    explanation.quality.encode(into: &writer)
    writer.member("program", ProgramVersion.current)
    writer.endObject()
    return writer
  }
}
