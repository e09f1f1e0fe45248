import StrictJSON

extension TrialReport {
  /// The report as a JSON document; `Schemas/Reports/drift-trials.schema.json` describes it.
  ///
  /// - Returns: UTF-8 bytes; the same trials give the same bytes.
  public func encoded() -> [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.beginObject()
    writer.member("schema", 1)
    writer.key("trials")
    writer.beginObject()
    writer.member("runs", options.runs)
    writer.member("seed", options.seed)
    writer.member("reference_rows", options.referenceRows)
    writer.member("onset", options.onset)
    writer.member("changed_rows", options.changedRows)
    writer.member("null_rows", options.nullRows)
    writer.member("window_rows", options.windowRows)
    writer.member("step_rows", options.stepRows)
    writer.endObject()
    writer.member("scenarios", scenarios)
    writer.key("detectors")
    writer.beginArray()
    for detector in detectors {
      writer.beginObject()
      writer.member("name", detector.name)
      writer.member("false_alarms", detector.falseAlarmCount)
      writer.member("false_alarms_per_100000", falseAlarmRate(of: detector))
      writer.member("missed", detector.missedCount)
      writer.member("runs", detector.runCount)
      writer.member("elsewhere", detector.elsewhereCount)
      writer.key("outcomes")
      writer.beginArray()
      for (scenario, outcome) in zip(scenarios, detector.outcomes) {
        writer.beginObject()
        writer.member("scenario", scenario)
        writer.member("found", outcome.delays.count)
        writer.member("missed", outcome.missedCount)
        writer.member("elsewhere", outcome.elsewhereCount)
        writer.key("median_delay")
        if let delay = outcome.medianDelay { writer.integer(delay) } else { writer.null() }
        writer.member("delays", outcome.delays)
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}
