import CreditEvents
import CreditScoring
import ModelRegistry
import StrictJSON

/// A bundle that is in force, with everything that requests ask of it laid out.
final class ServedModel: Sendable {
  let bundle: ModelBundle
  /// The languages of the texts, the default first: English where there is one.
  let languages: [String]
  /// What the schema endpoint answers.
  let schemaDocument: [UInt8]
  /// An application that it decides.
  let example: [UInt8]
  /// The texts of rules and reasons by code, one table for each language.
  private let texts: [[String: String]]

  var model: ScoringModel { bundle.model }
  var identity: ModelIdentity { bundle.manifest.model }

  /// Lays out a bundle, and decides the example once: a model that cannot is not put in force.
  ///
  /// - Throws: `Rejection` when the example is refused.
  init(_ bundle: ModelBundle) throws {
    self.bundle = bundle
    let policy = bundle.model.policy
    let known = policy.languages
    languages = known.filter { $0 == "en" } + known.filter { $0 != "en" }
    texts = languages.map { language in
      var table: [String: String] = [:]
      for rule in policy.knockOuts { table[rule.code] = rule.texts[language] }
      for reason in policy.reasons { table[reason.code] = reason.texts[language] }
      return table
    }
    let fields = FieldDocuments(bundle)
    example = fields.example()
    schemaDocument = fields.document(model: bundle.manifest.model, example: example)
    var writer = JSONWriter()
    let source = RecordCoordinates(topic: "self-test", partition: 0, offset: 0)
    let scorer = ApplicationScorer(model: bundle.model)
    _ = try example.withUnsafeBytes { try scorer.decide($0, from: source, into: &writer).get() }
  }

  /// The text of a code; the code itself where the policy has none.
  func text(of code: String, language: Int) -> String {
    language < texts.count ? texts[language][code] ?? code : code
  }

  /// Writes the texts of a decision.
  func encodeTexts(rules: [String], reasons: [Decision.Reason], language: Int, into writer: inout JSONWriter)
  {
    writer.beginObject()
    writer.member("language", language < languages.count ? languages[language] : "")
    writer.key("rules")
    encode(rules, language, into: &writer)
    writer.key("reasons")
    encode(reasons.map(\.code), language, into: &writer)
    writer.endObject()
  }

  private func encode(_ codes: [String], _ language: Int, into writer: inout JSONWriter) {
    writer.beginArray()
    for code in codes {
      writer.beginObject()
      writer.member("code", code)
      writer.member("text", text(of: code, language: language))
      writer.endObject()
    }
    writer.endArray()
  }
}
