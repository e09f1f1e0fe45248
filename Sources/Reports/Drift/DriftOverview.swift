import DriftDetection

/// The head of the page: the verdict, and the figures that a reader takes away.
struct DriftOverview {
  let report: DriftReport

  /// Writes the overview.
  func write(into html: inout HTMLWriter) {
    html.element("section", [HTMLAttribute("id", "overview")]) { html in
      FactList(tiles, areLarge: true).write(into: &html)
      verdict.write(into: &html)
      if let alarm { alarm.write(into: &html) }
      if !report.state.remarks.isEmpty {
        Notice(.note, "Good to know", report.state.remarks).write(into: &html)
      }
    }
  }

  private var tiles: [FactList.Fact] {
    var tiles = report.results.map { index in
      let feature = report.features[index]
      return FactList.Fact(
        report.title(of: index),
        "PSI " + NumberText.fixed(feature.stability, digits: 3),
        remark: report.verdict(index).words
      )
    }
    tiles.append(
      FactList.Fact(
        "Fields that drifted",
        "\(report.drifted.count) of \(report.ranking.count)",
        remark: "index of 0.1 or more, beyond chance"
      )
    )
    tiles.append(
      FactList.Fact(
        "Fields that differ",
        "\(report.differing.count)",
        remark: "by more than chance, however little"
      )
    )
    if let detection = report.state.detection {
      tiles.append(
        FactList.Fact(
          "Alarms",
          detection.stepCount == 0 ? "–" : "\(detection.alarms.count)",
          remark: "of the sequential detector"
        )
      )
    }
    return tiles
  }

  private var verdict: Notice {
    let moved = report.drifted
    let results = report.results.filter { report.verdict($0).isDrift }
    guard !moved.isEmpty || !results.isEmpty else {
      let most = report.ranking.first.map {
        "The field that moved most is \(report.name($0)) with an index of "
          + "\(NumberText.fixed(report.features[$0].stability, digits: 3))."
      }
      return Notice(
        .good,
        "No drift",
        [
          report.differing.isEmpty
            ? "No field differs by more than chance."
            : "\(report.differing.count) fields differ by more than chance, none by an index of 0.1."
        ] + (most.map { [$0] } ?? [])
      )
    }
    var lines: [String] = []
    if !results.isEmpty {
      lines.append(
        results.map {
          "\(report.title(of: $0)): \(NumberText.fixed(report.features[$0].stability, digits: 3))"
        }.joined(separator: ", ") + "."
      )
    }
    if !moved.isEmpty {
      lines.append(
        "Moved most: "
          + moved.prefix(6).map {
            "\(report.name($0)) (\(NumberText.fixed(report.features[$0].stability, digits: 3)))"
          }
          .joined(separator: ", ") + (moved.count > 6 ? ", and \(moved.count - 6) more." : ".")
      )
    }
    lines.append(
      "Look first at fields that also moved the score; ask the source of the data what changed before the model is "
        + "refitted."
    )
    return Notice(.alarm, "The population has drifted", lines)
  }

  private var alarm: Notice? {
    guard let detection = report.state.detection else { return nil }
    let tolerance = detection.tolerance
    let contract =
      "Tolerated index \(NumberText.short(tolerance.stability)), one false alarm in "
      + "\(NumberText.count(tolerance.patience)) rows on average over all fields, \(detection.stepCount) steps of "
      + "\(tolerance.stepEvents) rows."
    guard detection.stepCount > 0 else {
      return Notice(.note, "The sequential detector could not run", [unwatched(detection)])
    }
    let left = detection.unwatched.isEmpty ? [] : [unwatched(detection)]
    guard !detection.alarms.isEmpty else {
      return Notice(.good, "No alarm from the sequential detector", [contract] + left)
    }
    let first = detection.alarms.prefix(6).map {
      "\(report.name($0.feature)) after \(NumberText.count(Int(clamping: $0.rowCount)))"
    }
    return Notice(
      .alarm,
      detection.alarms.count == 1
        ? "One field in alarm" : "\(NumberText.count(detection.alarms.count)) fields in alarm",
      [
        "First, in rows: " + first.joined(separator: ", ")
          + (detection.alarms.count > 6 ? ", and \(detection.alarms.count - 6) more." : "."),
        contract,
      ] + left
    )
  }

  private func unwatched(_ detection: DetectionSummary) -> String {
    let largest = detection.unwatched.map(\.requiredRows).max() ?? 0
    let names = detection.unwatched.prefix(4).map { report.name($0.feature) }.joined(separator: ", ")
    return
      "The reference is too small to watch \(detection.unwatched.count) fields at this tolerance (\(names)"
      + (detection.unwatched.count > 4 ? ", …" : "")
      + "): give one of \(NumberText.count(Int(clamping: largest))) rows, or tolerate more."
  }
}

extension DriftReport {
  /// The feature's name.
  func name(_ feature: Int) -> String { state.profile.features[feature].name }

  /// What a feature is called as a heading.
  func title(of feature: Int) -> String {
    switch state.columns[feature].role {
    case .score: "Score"
    case .decision: "Decisions"
    case .outcome: "Outcomes"
    case .field, .protected, .derived, .input: name(feature)
    }
  }
}

extension DriftReport.Verdict {
  /// The verdict in words.
  var words: String {
    switch self {
    case .stable: "no more than chance"
    case .differs(.minor): "differs, little"
    case .differs(.moderate): "has drifted"
    case .differs(.major): "has drifted far"
    }
  }

  /// The verdict as a chip.
  var chip: Chip {
    switch self {
    case .stable: Chip("stable")
    case .differs(.minor): Chip("minor")
    case .differs(.moderate): Chip("moderate", .note)
    case .differs(.major): Chip("major", .alarm)
    }
  }

  /// Orders verdicts.
  var rank: Int {
    switch self {
    case .stable: 0
    case .differs(.minor): 1
    case .differs(.moderate): 2
    case .differs(.major): 3
    }
  }
}
