import Reports

extension ExperimentCard {
  /// The best of each kind on held-out rows, and the champion.
  func comparison(into html: inout HTMLWriter) {
    html.element(
      "p",
      [],
      "The best of each kind, chosen by \(Self.words(report.criterion)) on \(report.folds) folds"
        + (report.repeats > 1 ? ", divided \(report.repeats) times" : "")
        + ", then measured once on held-out rows. The last columns tell how much better the chosen model ranks the "
        + "same rows (paired, DeLong): an interval above 0 is a proof, one around 0 is none."
    )
    DataTable(
      caption: "The best of each kind on held-out rows",
      columns: [
        .text("Model"), .figure("AUC"), .figure("95 %"), .figure("Gini"), .figure("KS"), .figure("PR-AUC"),
        .figure("Log loss"), .figure("Brier"), .figure("Calibration error"), .figure("Cost"),
        .figure("Chosen less this"), .figure("95 %"),
      ],
      rows: report.finalists.enumerated().map { place, model in
        let difference = model.chosenComparison
        return [
          (model.kind?.title ?? model.name) + (place == 0 ? " (chosen)" : ""), figure(model.area.value),
          interval(model.area.lower, model.area.upper), figure(model.area.gini), figure(model.separation),
          figure(model.averagePrecision), figure(model.logLoss), figure(model.brierScore),
          figure(model.expectedCalibrationError), figure(model.costPerApplication),
          place == 0 ? "–" : figure(difference.difference),
          place == 0 ? "–" : interval(difference.lower, difference.upper),
        ]
      }
    ).write(into: &html)
    guard !report.foldComparisons.isEmpty else { return }
    html.element("h3", [], "The same out of fold")
    DataTable(
      caption: "The chosen model beside the best of each other kind, out of fold",
      columns: [.text("Other model"), .figure("AUC of chosen less other"), .figure("95 %")],
      rows: report.foldComparisons.map {
        [$0.other, figure($0.difference), interval($0.lower, $0.upper)]
      }
    ).write(into: &html)
  }

  /// Every candidate, best first.
  func search(into html: inout HTMLWriter) {
    html.element(
      "p",
      [],
      "Best first, by \(Self.words(report.criterion)), all figures out of fold after cross-fitted calibration. These "
        + "figures were chosen by, so they flatter the first row a little; the held-out ones above do not."
    )
    DataTable(
      caption: "All candidates out of fold",
      columns: [
        .text("Kind"), .text("Parameters"), .text("Resampling"), .figure("Rounds"), .figure("AUC"),
        .figure("95 %"),
        .figure("KS"), .figure("PR-AUC"), .figure("Log loss"), .figure("Brier"), .figure("Calibration error"),
        .figure("Cost"), .figure("Training, s"), .figure("Scoring, µs"),
      ],
      rows: report.candidates.map { model in
        [
          model.candidate.kind.title, model.candidate.settingsText, model.candidate.resampling.rawValue,
          model.candidate.kind == .boosting ? "\(model.rounds)" : "–", figure(model.area.value),
          interval(model.area.lower, model.area.upper), figure(model.separation),
          figure(model.averagePrecision),
          figure(model.logLoss), figure(model.brierScore), figure(model.expectedCalibrationError),
          figure(model.costPerApplication), NumberText.fixed(model.trainingSeconds, digits: 1),
          NumberText.fixed(model.scoringMicroseconds, digits: 1),
        ]
      }
    ).write(into: &html)
  }

  /// Where everything comes from.
  func origin(into html: inout HTMLWriter) {
    FactList([
      .init("Experiment", report.name), .init("Data", report.data.name.isEmpty ? "–" : report.data.name),
      .init("SHA-256 of the data", report.data.sha256 ?? "–"),
      .init("Rows with a known outcome", NumberText.count(report.data.rowCount)),
      .init("Rows without, left out", NumberText.count(report.data.unlabelledCount)),
      .init("Held-out rows", NumberText.count(report.data.holdoutCount)),
      .init("Seed", "\(report.seed)"), .init("XGBoost", report.xgboostVersion),
      .init("Creditstream", report.programVersion),
    ]).write(into: &html)
    html.element(
      "p",
      [.class("soft small")],
      "The same data, files, seed and versions give the same bundle, byte for byte. Times are those of the machine "
        + "that trained, with other candidates beside."
    )
  }

  private static func words(_ criterion: ExperimentDeclaration.Criterion) -> String {
    switch criterion {
    case .auc: "the area under the ROC curve"
    case .logLoss: "log loss"
    case .cost: "cost per application"
    }
  }
}
