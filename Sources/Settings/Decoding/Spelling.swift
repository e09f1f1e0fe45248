/// Finds what a misspelt key was probably meant to be.
enum Spelling {
  /// A hint at the nearest known key.
  ///
  /// - Parameters:
  ///   - key: The key as written.
  ///   - known: The keys that exist.
  /// - Returns: `did you mean "x"?`, or advice that names the keys that exist.
  static func hint(for key: String, among known: [String]) -> String {
    let nearest = known.map { (key: $0, distance: distance(key, $0)) }.min { $0.distance < $1.distance }
    if let nearest, nearest.distance <= max(1, key.count / 3) { return "did you mean \"\(nearest.key)\"?" }
    guard !known.isEmpty, known.count <= 24 else { return "remove it" }
    return "remove it, or use one of: \(known.joined(separator: ", "))"
  }

  /// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, without regard to case.
  static func distance(_ left: String, _ right: String) -> Int {
    let a = Array(left.lowercased().unicodeScalars.prefix(64))
    let b = Array(right.lowercased().unicodeScalars.prefix(64))
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var best = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, before[j - 1] + 1) }
        row.append(best)
      }
      before = last
      last = row
    }
    return last[b.count]
  }
}
