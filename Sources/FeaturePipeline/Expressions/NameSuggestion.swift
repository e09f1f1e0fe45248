/// Finds what a misspelt name was probably meant to be.
enum NameSuggestion {
  /// A hint at the most similar of some names.
  ///
  /// - Parameters:
  ///   - name: The name that was not found.
  ///   - candidates: The names that exist.
  /// - Returns: "did you mean X?" for the first nearest name that differs in at most a third of the letters.
  static func hint(for name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = [UInt8](name.utf8.prefix(128))
    var nearest: (name: String, distance: Int)?
    for candidate in candidates {
      let distance = editDistance(wanted, [UInt8](candidate.utf8.prefix(128)))
      if distance < nearest?.distance ?? Int.max { nearest = (candidate, distance) }
    }
    guard let nearest, nearest.distance <= max(1, wanted.count / 3), nearest.distance < wanted.count else {
      return nil
    }
    return "did you mean \(nearest.name)?"
  }

  /// Levenshtein's distance, letters compared without case.
  private static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, left) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, right) in b.enumerated() {
        let substituted = diagonal + (left | 0x20 == right | 0x20 ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }
}
