extension Policy {
  /// The longest code of a rule or a reason, in UTF-8 bytes.
  public static let maximumCodeBytes = 128
  /// The most rules, and the most reasons.
  public static let maximumEntries = 20_000

  func validate() throws(ScoringModelError) {
    guard version >= 1 else { throw Self.error("version", "versions count from 1, not \(version)") }
    for (key, cost) in [("missed_default", costs.missedDefault), ("refused_good", costs.refusedGood)] {
      guard cost > 0, cost <= 1e9 else {
        throw Self.error("costs.\(key)", "\(cost) is no cost: give a number above 0, up to 1e9")
      }
    }
    guard referFrom > 0, referFrom <= 1 else {
      throw Self.error("thresholds.refer_from", "\(referFrom) is no threshold: give a probability above 0")
    }
    guard declineFrom >= referFrom, declineFrom <= 1 else {
      throw Self.error(
        "thresholds.decline_from",
        "\(declineFrom) is below refer_from or above 1: give a probability from \(referFrom) to 1"
      )
    }
    if let problem = points.problem {
      throw Self.error("points.\(problem.path)", problem.message)
    }
    try validateEntries()
  }

  private func validateEntries() throws(ScoringModelError) {
    guard max(knockOuts.count, reasons.count) <= Self.maximumEntries else {
      throw Self.error("knock_outs", "too many rules or reasons: at most \(Self.maximumEntries) each")
    }
    let languages = languages
    var codes: Set<String> = []
    for (index, rule) in knockOuts.enumerated() {
      try Self.validate(rule.code, rule.texts, languages, at: "knock_outs[\(index)]", &codes)
    }
    codes.removeAll()
    var owners: [String: String] = [:]
    for (index, reason) in reasons.enumerated() {
      try Self.validate(reason.code, reason.texts, languages, at: "reasons[\(index)]", &codes)
      guard !reason.groups.isEmpty else {
        throw Self.error("reasons[\(index)].groups", "name at least one field or derived feature")
      }
      for group in reason.groups {
        if let owner = owners.updateValue(reason.code, forKey: group) {
          throw Self.error(
            "reasons[\(index)].groups",
            "\"\(group)\" is in reason \(owner) already: remove one"
          )
        }
      }
    }
  }

  private static func validate(
    _ code: String,
    _ texts: [String: String],
    _ languages: [String],
    at path: String,
    _ codes: inout Set<String>
  ) throws(ScoringModelError) {
    guard !code.isEmpty, code.utf8.count <= maximumCodeBytes else {
      throw error("\(path).code", "a code has 1 to \(maximumCodeBytes) bytes")
    }
    guard codes.insert(code).inserted else {
      throw error("\(path).code", "\(code) is given twice: each has its own code")
    }
    guard !texts.isEmpty, texts.keys.sorted() == languages else {
      throw error(
        "\(path).texts",
        "texts in \(texts.keys.sorted()) but elsewhere in \(languages): give every text in the same languages"
      )
    }
    for (language, text) in texts.sorted(by: { $0.key < $1.key }) where text.isEmpty || language.isEmpty {
      throw error(
        "\(path).texts.\(language)",
        "the text or its language is empty: write what applicants are told"
      )
    }
  }

  private static func error(_ path: String, _ message: String) -> ScoringModelError {
    ScoringModelError(.invalidPolicy, path: path, message)
  }
}
