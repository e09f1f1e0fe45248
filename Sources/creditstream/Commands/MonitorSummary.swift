import CreditEvents
import DriftDetection
import DriftMonitoring
import StrictJSON

/// What a monitor has merged, for the terminal and for programs.
struct MonitorSummary {
  private let fold: DriftFold
  private let outcomes: OutcomeFold
  private let unreadable: Int

  init(_ fold: DriftFold, _ outcomes: OutcomeFold, unreadable: Int) {
    self.fold = fold
    self.outcomes = outcomes
    self.unreadable = unreadable
  }

  /// A few lines.
  var text: String {
    let tally = fold.tally
    var lines = [
      "partials: \(tally.counted) counted, \(tally.duplicates) duplicates, \(tally.straddles) refused, "
        + "\(tally.unwatched) unwatched, \(unreadable) unreadable",
      "decisions: \(tally.decisions) counted, \(tally.deadLetters) dead letters, \(tally.missingOffsets) offsets missing",
    ]
    for model in fold.models {
      let open = model.openAlerts.map { "\($0.kind.rawValue) \($0.feature ?? "")" }.joined(separator: ", ")
      lines.append(
        "\(model.identity.name)/\(model.identity.version): \(model.windows.landmark.eventCount) events, "
          + "\(model.drift.stepCount) steps, \(model.alerts.count) alerts, open: \(open.isEmpty ? "none" : open)"
      )
    }
    for judgement in outcomes.judgements {
      let figures = judgement.figures
      lines.append(
        "\(judgement.cohort.model.name)/\(judgement.cohort.model.version) from "
          + "\(Timestamp.text(judgement.span.lowerBound).prefix(10)): \(figures.outcomes) outcomes of "
          + "\(figures.decisions) decisions, AUC \(Terminal.fixed(figures.realisedArea, 4)), promised "
          + "\(Terminal.fixed(figures.promisedArea, 4)), default rate \(Terminal.fixed(figures.defaultRate, 4)), promised "
          + "\(Terminal.fixed(figures.meanProbability, 4))"
      )
    }
    return lines.joined(separator: "\n")
  }

  /// The same as JSON.
  var json: String {
    let tally = fold.tally
    var writer = JSONWriter(pretty: true)
    writer.beginObject()
    writer.key("partials")
    writer.beginObject()
    writer.member("counted", tally.counted)
    writer.member("duplicates", tally.duplicates)
    writer.member("straddles", tally.straddles)
    writer.member("unwatched", tally.unwatched)
    writer.member("unreadable", unreadable)
    writer.endObject()
    writer.member("decisions", tally.decisions)
    writer.member("dead_letters", tally.deadLetters)
    writer.member("missing_offsets", tally.missingOffsets)
    writer.key("models")
    writer.beginArray()
    for model in fold.models {
      writer.beginObject()
      writer.key("model")
      model.identity.encode(into: &writer)
      writer.member("events", model.windows.landmark.eventCount)
      writer.member("late_events", model.windows.lateEventCount)
      writer.member("steps", model.drift.stepCount)
      writer.key("alerts")
      writer.beginArray()
      for alert in model.alerts { alert.encode(into: &writer) }
      writer.endArray()
      writer.endObject()
    }
    writer.endArray()
    writer.key("outcomes")
    writer.beginArray()
    for judgement in outcomes.judgements {
      let figures = judgement.figures
      writer.beginObject()
      writer.key("model")
      judgement.cohort.model.encode(into: &writer)
      writer.member("from", judgement.span.lowerBound)
      writer.member("to", judgement.span.upperBound)
      writer.member("decisions", figures.decisions)
      writer.member("outcomes", figures.outcomes)
      writer.member("defaults", figures.defaults)
      for (name, value) in [
        ("auc", figures.realisedArea), ("gini", figures.gini), ("promised_auc", figures.promisedArea),
        ("estimated_auc", figures.estimatedArea), ("default_rate", figures.defaultRate),
        ("mean_probability", figures.meanProbability), ("brier", figures.brierScore),
        ("cost_per_application", figures.costPerApplication), ("promised_cost", figures.promisedCost),
      ] {
        writer.key(name)
        if value.isFinite { writer.number(value) } else { writer.null() }
      }
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
