import FeaturePipeline
public import StrictJSON

extension TrainingReport {
  /// The report as a JSON document, pretty-printed and with a final line break.
  ///
  /// - Returns: UTF-8 bytes; the same report gives the same bytes.
  public func encoded() -> [UInt8] {
    var writer = JSONWriter(pretty: true)
    encode(into: &writer)
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// Writes the report as a JSON object.
  ///
  /// - Parameter writer: Stands where a value may come.
  public func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("model", model)
    writer.member("seed", seed)
    encodeData(into: &writer)
    writer.key("parameters")
    parameters.encode(into: &writer)
    writer.key("libraries")
    writer.beginObject()
    writer.member("xgboost", xgboostVersion)
    writer.endObject()
    writer.member("feature_count", featureCount)
    writer.member("rounds", rounds)
    writer.member("validation_rounds", validationRounds)
    encodeMetrics(into: &writer)
    encode(calibration, as: "calibration", figure: "log_loss", into: &writer)
    encode(thresholdRule, as: "threshold_rule", figure: "cost_per_application", into: &writer)
    writer.member("threshold", threshold)
    writer.member("refer_from", referFrom)
    writer.member("decline_from", declineFrom)
    writer.key("outcomes")
    writer.beginObject()
    writer.member("approve", outcomes.approve)
    writer.member("refer", outcomes.refer)
    writer.member("decline", outcomes.decline)
    writer.endObject()
    writer.key("importances")
    writer.beginArray()
    for importance in importances {
      writer.beginObject()
      writer.member("feature", importance.feature)
      writer.member("share", importance.share)
      writer.endObject()
    }
    writer.endArray()
    encodeConstraints(into: &writer)
    encodeOmissions(into: &writer)
    writer.endObject()
  }

  private func encodeConstraints(into writer: inout JSONWriter) {
    writer.key("monotone")
    writer.beginObject()
    for constraint in directions { writer.member(constraint.feature, constraint.direction.rawValue) }
    writer.endObject()
  }

  private func encodeOmissions(into writer: inout JSONWriter) {
    writer.key("omitted")
    writer.beginArray()
    for omission in omissions {
      writer.beginObject()
      writer.member("name", omission.feature.name)
      writer.member("rule", omission.feature.rule.rawValue)
      writer.member("reason", omission.feature.reason)
      writer.member("validated_models", omission.foldCount)
      writer.endObject()
    }
    writer.endArray()
  }

  private func encodeData(into writer: inout JSONWriter) {
    writer.key("data")
    writer.beginObject()
    writer.member("name", data.name)
    if let sha256 = data.sha256 { writer.member("sha256", sha256) }
    writer.member("rows", data.rowCount)
    writer.member("defaults", data.defaultCount)
    writer.member("unlabelled_rows", data.unlabelledCount)
    writer.endObject()
  }

  private func encodeMetrics(into writer: inout JSONWriter) {
    writer.key("metrics")
    writer.beginObject()
    let summaries = [
      ("auc", "fold", metrics.areaUnderROC),
      ("log_loss", "fold", metrics.logLoss),
      ("brier", "fold", metrics.brierScore),
      ("expected_calibration_error", "repeat", metrics.expectedCalibrationError),
      ("cost_per_application", "fold", metrics.costPerApplication),
    ]
    for (name, unit, summary) in summaries {
      writer.key(name)
      writer.beginObject()
      writer.member("mean", summary.mean)
      writer.member("standard_deviation", summary.standardDeviation)
      writer.member("per", unit)
      writer.member("values", summary.values)
      writer.endObject()
    }
    writer.endObject()
  }

  private func encode(
    _ choice: Choice,
    as key: String,
    figure: String,
    into writer: inout JSONWriter
  ) {
    writer.key(key)
    writer.beginObject()
    writer.member("chosen", choice.chosen)
    writer.key(figure)
    writer.beginObject()
    for alternative in choice.alternatives { writer.member(alternative.name, alternative.figure) }
    writer.endObject()
    writer.endObject()
  }
}

extension TrainingParameters {
  /// Writes the parameters as a JSON object, under the names of the pipeline file.
  ///
  /// - Parameter writer: Stands where a value may come.
  func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("folds", folds)
    writer.member("repeats", repeats)
    writer.member("stopping_share", stoppingShare)
    writer.member("maximum_rounds", maximumRounds)
    writer.member("early_stopping_rounds", earlyStoppingRounds)
    writer.member("max_depth", maxDepth)
    writer.member("learning_rate", learningRate)
    writer.member("subsample", subsample)
    writer.member("colsample_bytree", colsampleBytree)
    writer.member("min_child_weight", minChildWeight)
    writer.member("reg_lambda", regLambda)
    writer.member("reg_alpha", regAlpha)
    writer.member("gamma", gamma)
    writer.member("max_bin", maxBin)
    writer.endObject()
  }
}
