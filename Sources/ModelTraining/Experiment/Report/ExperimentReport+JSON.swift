import FeaturePipeline
public import StrictJSON

extension ExperimentReport {
  /// The report as a JSON document, pretty-printed and with a final line break.
  ///
  /// - Returns: UTF-8 bytes.
  public func encoded() -> [UInt8] {
    var writer = JSONWriter(pretty: true)
    encode(into: &writer)
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// Writes the report as a JSON object (`Schemas/Reports/experiment.schema.json`).
  ///
  /// - Parameter writer: Stands where a value may come.
  public func encode(into writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("schema", 1)
      writer.member("experiment", name)
      writer.member("model", model)
      writer.member("seed", seed)
      writer.member("shuffled", isShuffled)
      writer.member("select_by", criterion.rawValue)
      writer.member("folds", folds)
      writer.member("repeats", repeats)
      writer.key("data")
      writer.object { writer in
        writer.member("name", data.name)
        if let sha256 = data.sha256 { writer.member("sha256", sha256) }
        writer.member("rows", data.rowCount)
        writer.member("defaults", data.defaultCount)
        writer.member("unlabelled_rows", data.unlabelledCount)
        writer.member("held_out_rows", data.holdoutCount)
        writer.member("held_out_defaults", data.holdoutDefaultCount)
      }
      writer.key("libraries")
      writer.object { writer in
        writer.member("xgboost", xgboostVersion)
        writer.member("creditstream", programVersion)
      }
      writer.member("feature_count", featureCount)
      writer.member("rounds", rounds)
      writer.member("chosen", chosen.candidate.key)
      writer.member("winner_outside_trees", text: winnerOutsideTrees?.candidate.key)
      writer.array("candidates", candidates) { $0.encode(into: &$1) }
      writer.array("held_out", finalists) { $0.encode(into: &$1) }
      writer.array("fold_comparisons", foldComparisons) { comparison, writer in
        writer.object { writer in
          writer.member("other", comparison.other)
          writer.figure("auc_difference", comparison.difference)
          writer.figure("lower", comparison.lower)
          writer.figure("upper", comparison.upper)
        }
      }
      writer.key("decisions")
      decisions.encode(into: &writer)
      writer.key("explanation")
      explanation.encode(into: &writer)
      writer.key("reason_agreement")
      writer.object { writer in
        writer.member("rows", reasonAgreement.rowCount)
        writer.figure("leading_reason", reasonAgreement.leading)
        writer.figure("among_four", reasonAgreement.amongFour)
        writer.figure("mean_probability_difference", reasonAgreement.meanDifference)
      }
      writer.array("fairness", fairness) { $0.encode(into: &$1) }
    }
  }
}

extension CandidateFigures {
  /// Writes the figures as a JSON object.
  func encode(into writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("kind", candidate.kind.rawValue)
      writer.key("parameters")
      writer.object { writer in
        for setting in candidate.settings { writer.member(setting.name, setting.value) }
      }
      writer.member("resampling", candidate.resampling.rawValue)
      writer.member("rounds", rounds)
      writer.area("auc", area)
      writer.figure("gini", area.gini)
      writer.figure("ks", separation)
      writer.figure("average_precision", averagePrecision)
      writer.figure("log_loss", logLoss)
      writer.figure("brier", brierScore)
      writer.figure("expected_calibration_error", expectedCalibrationError)
      writer.member("calibration", calibration.rawValue)
      writer.figure("cost_per_application", costPerApplication)
      writer.figure("training_seconds", trainingSeconds)
      writer.figure("scoring_microseconds", scoringMicroseconds)
    }
  }
}

extension HoldoutFigures {
  /// Writes the figures as a JSON object.
  func encode(into writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("model", name)
      writer.member("kind", text: kind?.rawValue)
      writer.area("auc", area)
      writer.figure("gini", area.gini)
      writer.figure("ks", separation)
      writer.figure("average_precision", averagePrecision)
      writer.figure("log_loss", logLoss)
      writer.figure("brier", brierScore)
      writer.figure("expected_calibration_error", expectedCalibrationError)
      writer.figure("cost_per_application", costPerApplication)
      writer.figure("threshold", threshold)
      writer.key("confusion")
      confusion.encode(into: &writer)
      writer.key("chosen_less_this")
      chosenComparison.encode(into: &writer)
    }
  }
}

extension PairedAreaTest {
  /// Writes the comparison as a JSON object.
  func encode(into writer: inout JSONWriter) {
    writer.object { writer in
      writer.figure("auc_difference", difference)
      writer.figure("lower", lower)
      writer.figure("upper", upper)
      writer.figure("p_value", pValue)
    }
  }
}

extension ConfusionMatrix {
  /// Writes the counts as a JSON object.
  func encode(into writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("true_positives", truePositives)
      writer.member("false_positives", falsePositives)
      writer.member("true_negatives", trueNegatives)
      writer.member("false_negatives", falseNegatives)
    }
  }
}

extension DecisionFigures {
  /// Writes the figures as a JSON object.
  func encode(into writer: inout JSONWriter) {
    func curve(_ name: String, _ points: [Point], _ x: String, _ y: String, _ writer: inout JSONWriter) {
      writer.array(name, points) { point, writer in
        writer.object { writer in
          writer.figure(x, point.x)
          writer.figure(y, point.y)
        }
      }
    }
    writer.object { writer in
      writer.figure("threshold", threshold)
      writer.member("threshold_rule", thresholdRule.chosen)
      writer.key("rule_costs")
      writer.object { writer in
        for rule in thresholdRule.alternatives { writer.figure(rule.name, rule.figure) }
      }
      writer.figure("break_even", breakEven)
      writer.figure("threshold_lower", bootstrap.lower)
      writer.figure("threshold_upper", bootstrap.upper)
      writer.figure("refer_from", referFrom)
      writer.figure("decline_from", declineFrom)
      writer.key("costs")
      writer.object { writer in
        writer.figure("missed_default", missedDefault)
        writer.figure("refused_good", refusedGood)
      }
      writer.key("shares")
      writer.object { writer in
        writer.figure("approve", shares.approve)
        writer.figure("refer", shares.refer)
        writer.figure("decline", shares.decline)
      }
      writer.key("confusion")
      confusion.encode(into: &writer)
      curve("cost_curve", costCurve, "threshold", "cost_per_application", &writer)
      curve("roc", roc, "false_positive_rate", "true_positive_rate", &writer)
      curve("precision_recall", precisionRecall, "recall", "precision", &writer)
      writer.array("reliability", reliability.bins) { bin, writer in
        writer.object { writer in
          writer.member("rows", bin.rowCount)
          writer.figure("predicted", bin.predicted)
          writer.figure("observed", bin.observed)
          writer.figure("lower", bin.lower)
          writer.figure("upper", bin.upper)
        }
      }
      writer.key("scores")
      writer.object { writer in
        writer.member("edges", scoreEdges)
        writer.member("repaid", repaidScores)
        writer.member("defaulted", defaultedScores)
      }
    }
  }
}

extension ExplanationFigures {
  /// Writes the figures as a JSON object; single applications are drawn on the card and not listed here.
  func encode(into writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("rows", rowCount)
      writer.figure("agreement", agreement)
      writer.array("fields", fields) { field, writer in
        writer.object { writer in
          writer.member("name", field.name)
          writer.figure("mean_contribution", field.meanMagnitude)
          writer.figure("permutation", field.permutation)
        }
      }
    }
  }
}

extension FairnessFigures {
  /// Writes the groups as a JSON object.
  func encode(into writer: inout JSONWriter) {
    func rate(_ name: String, _ rate: Rate, _ writer: inout JSONWriter) {
      writer.key(name)
      writer.object { writer in
        writer.figure("rate", rate.value)
        writer.figure("lower", rate.lower)
        writer.figure("upper", rate.upper)
      }
    }
    writer.object { writer in
      writer.member("field", field)
      writer.array("groups", groups) { group, writer in
        writer.object { writer in
          writer.member("name", group.name)
          writer.member("rows", group.rowCount)
          rate("approval", group.approval, &writer)
          rate("defaults", group.defaults, &writer)
          rate("refused_good", group.refusedGood, &writer)
          rate("missed_defaults", group.missedDefaults, &writer)
          writer.figure("disparate_impact", group.impact)
          writer.figure("disparate_impact_lower", group.impactLower)
          writer.figure("disparate_impact_upper", group.impactUpper)
        }
      }
    }
  }
}

extension JSONWriter {
  fileprivate mutating func object(_ members: (inout JSONWriter) -> Void) {
    beginObject()
    members(&self)
    endObject()
  }

  fileprivate mutating func array<T>(_ key: String, _ elements: [T], _ write: (T, inout JSONWriter) -> Void) {
    self.key(key)
    beginArray()
    for element in elements { write(element, &self) }
    endArray()
  }

  /// A figure that may not exist, such as a rate of no rows: null then.
  fileprivate mutating func figure(_ key: String, _ value: Double) {
    self.key(key)
    if value.isFinite { number(value) } else { null() }
  }

  fileprivate mutating func member(_ key: String, text: String?) {
    self.key(key)
    if let text { string(text) } else { null() }
  }

  fileprivate mutating func area(_ key: String, _ area: AreaEstimate) {
    self.key(key)
    object { writer in
      writer.figure("value", area.value)
      writer.figure("lower", area.lower)
      writer.figure("upper", area.upper)
    }
  }
}
