/// Which of the languages we have a caller would like best (RFC 9110, 12.5.4).
enum LanguageChoice {
  /// Chooses a language.
  ///
  /// - Parameters:
  ///   - header: The header `Accept-Language`; nil takes the first language.
  ///   - languages: What we have, the default first.
  /// - Returns: The index of the language; nil when none is acceptable.
  static func index(_ header: String?, among languages: [String]) -> Int? {
    guard let header else { return languages.isEmpty ? nil : 0 }
    var best: (index: Int, quality: Double)?
    for range in header.split(separator: ",") {
      let parts = range.split(separator: ";", maxSplits: 1)
      let tag = (parts.first ?? "").filter { $0 != " " && $0 != "\t" }.lowercased()
      let quality = parts.count > 1 ? Self.quality(parts[1]) : 1
      guard quality > 0, quality > best?.quality ?? 0 else { continue }
      if let index = match(tag, languages) { best = (index, quality) }
    }
    return best?.index
  }

  private static func match(_ tag: String, _ languages: [String]) -> Int? {
    if tag == "*" { return languages.isEmpty ? nil : 0 }
    if let exact = languages.firstIndex(where: { $0.lowercased() == tag }) { return exact }
    let primary = tag.prefix { $0 != "-" }
    guard !primary.isEmpty, primary.allSatisfy(\.isLetter) else { return nil }
    return languages.firstIndex { $0.lowercased().prefix { $0 != "-" } == primary }
  }

  private static func quality(_ text: Substring) -> Double {
    let text = text.filter { $0 != " " && $0 != "\t" }
    guard text.lowercased().hasPrefix("q="), let quality = Double(text.dropFirst(2)),
      (0...1).contains(quality)
    else {
      return 0
    }
    return quality
  }
}
