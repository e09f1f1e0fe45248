import Reports

extension ExperimentCard {
  private var decisions: DecisionFigures { report.decisions }

  /// ROC, precision and recall, calibration, scores.
  func quality(into html: inout HTMLWriter) {
    let rate = Double(report.data.defaultCount) / Double(report.data.rowCount)
    let chosen = report.chosen
    html.element(
      "p",
      [],
      "Curves over the \(NumberText.count(decisions.confusion.count)) development rows, each predicted and calibrated by "
        + "models that did not see it."
    )
    html.element("div", [.class("figures")]) { html in
      Figure(
        "ROC.",
        remark:
          "Area \(figure(chosen.area.value)), Gini \(figure(chosen.area.gini)), KS \(figure(chosen.separation))."
      )
      .write(into: &html) { html in
        LineChart(
          [
            .init(.reference, [(0, 0), (1, 1)]), .init(.main, decisions.roc.map { ($0.x, $0.y) }),
          ],
          x: 0...1,
          y: 0...1,
          names: ("good clients declined", "defaults declined"),
          label: "ROC curve with an area of \(figure(chosen.area.value))"
        ).write(into: &html)
      }
      Figure(
        "Precision and recall.",
        remark: "Average precision \(figure(chosen.averagePrecision)); dashed: guessing."
      )
      .write(into: &html) { html in
        let top = min(1, (decisions.precisionRecall.dropFirst(3).map(\.y).max() ?? rate) * 1.1)
        LineChart(
          [
            .init(.reference, [(0, rate), (1, rate)]),
            .init(.main, decisions.precisionRecall.map { ($0.x, $0.y) }),
          ],
          x: 0...1,
          y: 0...max(top, rate),
          names: ("recall", "precision"),
          label: "Precision over recall, average \(figure(chosen.averagePrecision))"
        ).write(into: &html)
      }
      Figure(
        "Calibration.",
        remark: "Predicted and observed default rates in ten bins of equal size, with 95 % intervals; error "
          + "\(NumberText.percent(chosen.expectedCalibrationError, digits: 2)), \(chosen.calibration.rawValue)."
      ).write(into: &html) { html in calibration(into: &html) }
      Figure("Scores.", remark: "Probabilities of default, out of fold.", hasOutcomeKey: true)
        .write(into: &html) { html in
          StepHistogram(
            edges: decisions.scoreEdges,
            repaid: decisions.repaidScores,
            defaulted: decisions.defaultedScores,
            label: "Distribution of predicted probabilities among repaid and defaulted applications"
          ).write(into: &html)
        }
    }
  }

  private func calibration(into html: inout HTMLWriter) {
    let bins = decisions.reliability.bins
    let top = min(1, max(bins.map(\.upper).max() ?? 1, bins.map(\.predicted).max() ?? 1) * 1.05)
    LineChart(
      [.init(.reference, [(0, 0), (top, top)]), .init(.other, bins.map { ($0.predicted, $0.observed) })],
      whiskers: bins.map { bin in
        .init(
          x: bin.predicted,
          y: bin.observed,
          lower: bin.lower,
          upper: bin.upper,
          title: "\(bin.rowCount) rows: predicted \(NumberText.percent(bin.predicted)), observed "
            + NumberText.percent(bin.observed)
        )
      },
      x: 0...top,
      y: 0...top,
      names: ("predicted", "observed"),
      label: "Reliability curve: observed over predicted default rates"
    ).write(into: &html)
  }

  /// Costs, threshold, bands, confusion matrix.
  func decision(into html: inout HTMLWriter) {
    html.element("p", [], why)
    FactList([
      .init("Threshold", NumberText.percent(decisions.threshold, digits: 2)),
      .init("Break-even", NumberText.percent(decisions.breakEven, digits: 2)),
      .init(
        "Cheapest within",
        "\(NumberText.percent(decisions.bootstrap.lower, digits: 1)) to \(NumberText.percent(decisions.bootstrap.upper, digits: 1))"
      ),
      .init("Approved below", NumberText.percent(decisions.referFrom, digits: 2)),
      .init("Declined from", NumberText.percent(decisions.declineFrom, digits: 2)),
      .init("Approved", NumberText.percent(decisions.shares.approve)),
      .init("Referred", NumberText.percent(decisions.shares.refer)),
      .init("Declined", NumberText.percent(decisions.shares.decline)),
    ]).write(into: &html)
    html.element("div", [.class("figures")]) { html in
      Figure(
        "Cost per application over the threshold.",
        remark: "Dashed: the threshold. Band: where the cheapest lies in 95 % of resampled books."
      ).write(into: &html) { html in costs(into: &html) }
      Figure("Confusion matrix", remark: "at the threshold, out of fold.").write(into: &html) { html in
        let matrix = decisions.confusion
        DataTable(
          caption: "Decisions and outcomes at the threshold",
          columns: [.text(""), .figure("Would repay"), .figure("Defaults")],
          rows: [
            ["Granted", NumberText.count(matrix.trueNegatives), NumberText.count(matrix.falseNegatives)],
            ["Declined", NumberText.count(matrix.falsePositives), NumberText.count(matrix.truePositives)],
          ]
        ).write(into: &html)
        html.element(
          "p",
          [.class("small soft")],
          "Of the declined \(NumberText.percent(matrix.precision)) default; \(NumberText.percent(matrix.recall)) of the "
            + "defaults are declined; \(NumberText.percent(matrix.specificity)) of the good clients are granted."
        )
      }
    }
  }

  private var why: String {
    let rules = decisions.thresholdRule.alternatives.map {
      "\($0.name == "break_even" ? "break-even" : "the cheapest on other folds"): \(figure($0.figure))"
    }.joined(separator: ", ")
    let chosen =
      decisions.thresholdRule.chosen == "break_even" ? "the break-even point" : "the cheapest point"
    return "A missed default costs \(NumberText.short(decisions.missedDefault)), a refused good client "
      + "\(NumberText.short(decisions.refusedGood)), so granting and declining cost the same at a probability of "
      + "\(NumberText.percent(decisions.breakEven, digits: 2)). The threshold is \(chosen), since out of fold it costs least per "
      + "application (\(rules)). Between the bands' ends a person decides."
  }

  private func costs(into html: inout HTMLWriter) {
    let curve = decisions.costCurve
    // Beyond three times the threshold nothing happens any more.
    let right = min(1, max(decisions.threshold * 3, decisions.bootstrap.upper * 1.3, 0.05))
    let shown = curve.filter { $0.x <= right }
    let highest = max(shown.map(\.y).max() ?? 1, 1e-9)
    LineChart(
      [.init(.main, shown.map { ($0.x, $0.y) })],
      marks: [decisions.threshold],
      band: min(decisions.bootstrap.lower, right)...min(decisions.bootstrap.upper, right),
      x: 0...right,
      y: 0...highest * 1.05,
      names: ("threshold", "cost per application"),
      isPercent: (true, false),
      label: "Expected cost per application over the threshold"
    ).write(into: &html)
  }
}
