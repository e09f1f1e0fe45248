import CreditEvents
import CreditScoring
import Reports
import StrictJSON

/// One explanation for people: as text with bars, as a picture, as JSON.
struct WaterfallText {
  private static let columns = 34

  private let explanation: Explanation
  private let model: ScoringModel
  private let steps: [(name: String, size: Double)]
  private let others: Int

  init(_ explanation: Explanation, model: ScoringModel, limit: Int, language: String?) {
    self.explanation = explanation
    self.model = model
    let ordered = explanation.factors.filter { $0.contribution != 0 }
      .sorted { ($1.contribution.magnitude, $0.code) < ($0.contribution.magnitude, $1.code) }
    let texts = Dictionary(
      model.policy.reasons.map { ($0.code, Self.text($0, language)) }
    ) { first, _ in first }
    let shown = ordered.prefix(limit)
    let rest = ordered.dropFirst(limit).reduce(0) { $0 + $1.contribution }
    others = max(0, ordered.count - limit)
    var steps: [(name: String, size: Double)] = shown.map { factor in
      (name: texts[factor.code] ?? factor.code, size: factor.contribution)
    }
    if others > 0 { steps.append((name: "\(others) other factors", size: rest)) }
    self.steps = steps
  }

  private static func text(_ reason: Policy.ReasonText, _ language: String?) -> String {
    language.flatMap { reason.texts[$0] } ?? reason.code
  }

  /// The waterfall as lines of a terminal.
  var text: String {
    let assessment = explanation.assessment
    var position = model.base
    let ends = steps.reduce(into: [model.base]) { $0.append(($0.last ?? 0) + $1.size) }
    let (least, greatest) = (ends.min() ?? 0, ends.max() ?? 0)
    let scale = Double(Self.columns - 1) / max(greatest - least, 1e-9)
    func column(_ value: Double) -> Int {
      min(Self.columns - 1, max(0, Int(((value - least) * scale).rounded())))
    }
    func mark(_ value: Double) -> String {
      String(repeating: " ", count: column(value)) + "│"
        + String(repeating: " ", count: Self.columns - 1 - column(value))
    }
    var rows = [["", "what the model expects of anybody", mark(model.base), Terminal.fixed(model.base, 3)]]
    for step in steps {
      let (from, to) = (column(position), column(position + step.size))
      let (low, high) = (min(from, to), max(from, to))
      let bar =
        String(repeating: " ", count: low)
        + String(repeating: step.size >= 0 ? "█" : "▒", count: max(1, high - low))
      position += step.size
      rows.append([
        step.size >= 0 ? "+" : "−", String(step.name.prefix(46)),
        bar + String(repeating: " ", count: max(0, Self.columns - bar.count)),
        (step.size >= 0 ? "+" : "") + Terminal.fixed(step.size, 3),
      ])
    }
    rows.append([
      "=", "log-odds of this application", mark(position), Terminal.fixed(Double(assessment.margin), 3),
    ])
    let identity = model.identity
    return """
      application \(explanation.applicationID): \(assessment.outcome.rawValue), probability of default \
      \(Terminal.fixed(100 * assessment.probabilityOfDefault, 2)) %, \(assessment.points) points
      \(identity.name) \(identity.version): refer from \(Terminal.fixed(100 * model.policy.referFrom, 2)) %, decline from \
      \(Terminal.fixed(100 * model.policy.declineFrom, 2)) %\(rules)

      \(Terminal.table(rows))

      █ raises the risk, ▒ lowers it; in log-odds
      """
  }

  private var rules: String {
    let rules = explanation.assessment.rules
    return rules.isEmpty ? "" : "\nknocked out by \(rules.joined(separator: ", "))"
  }

  /// The waterfall as a picture of its own.
  var svg: [UInt8] {
    let assessment = explanation.assessment
    let chart = Waterfall(base: model.base, steps: steps, label: "Contributions to the log-odds of default")
    let title =
      "Application \(explanation.applicationID): \(assessment.outcome.rawValue), probability of default "
      + NumberText.percent(assessment.probabilityOfDefault, digits: 2)
    return Picture(title: title, width: chart.width, height: chart.height).bytes { chart.draw(into: &$0) }
  }

  /// The explanation as a JSON object, with every factor.
  var json: [UInt8] {
    let assessment = explanation.assessment
    var writer = JSONWriter(pretty: true)
    writer.beginObject()
    writer.member("application_id", explanation.applicationID)
    writer.member("outcome", assessment.outcome.rawValue)
    writer.member("probability_of_default", assessment.probabilityOfDefault)
    writer.member("margin", assessment.margin)
    writer.member("base", model.base)
    writer.member("rules", assessment.rules)
    writer.key("factors")
    writer.beginArray()
    for factor in explanation.factors.sorted(by: {
      ($1.contribution.magnitude, $0.code) < ($0.contribution.magnitude, $1.code)
    }) {
      writer.beginObject()
      writer.member("code", factor.code)
      writer.member("fields", factor.fields)
      writer.member("contribution", factor.contribution)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }
}
