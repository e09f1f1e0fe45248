/// Whether the text of an identifier, or the order of the rows, tells the outcome.
///
/// Tried are the number itself, its remainders, the length of the text, each of its first and last characters, and
/// the place of the row in the file. What is hidden more deeply, for example in a hash, is not found.
struct IdentifierEncoding: Sendable {
  /// What tells the outcome, and how well.
  struct Finding: Sendable {
    /// The part of the identifier in words.
    let part: String
    /// How well it tells the outcome.
    let strength: UnivariateStrength
  }

  /// The area from which a part is suspected.
  static let suspiciousArea = 0.60
  /// By how many standard errors the area must exceed that of chance.
  ///
  /// Some forty parts are tried, and the best of so many seems to tell something; four errors leave chance about one
  /// in eight hundred over all of them.
  static let surelyAbove = 4.0

  /// The part that tells most, if it tells enough.
  let finding: Finding?

  /// Examines identifiers.
  ///
  /// - Parameters:
  ///   - texts: The identifier of each row; `nil` where there are only row numbers.
  ///   - rows: The place of each row in the file; `nil` to leave it out.
  ///   - targets: Whether each row defaulted.
  init(_ texts: [String]?, rows: [Int]?, targets: [Bool]) {
    var best: Finding?
    func examine(_ part: String, _ values: [Double], isCategory: Bool) {
      let strength = UnivariateStrength(values: values, isCategory: isCategory, targets: targets)
      guard strength.area >= Self.suspiciousArea,
        strength.area - 0.5 > Self.surelyAbove * strength.standardError
      else { return }
      if strength.area > best?.strength.area ?? 0 { best = Finding(part: part, strength: strength) }
    }
    if let rows { examine("the order of the rows", rows.map(Double.init), isCategory: false) }
    if let texts {
      let bytes = texts.map { Array($0.utf8) }
      let numbers = texts.map { Int64($0) }
      if numbers.allSatisfy({ $0 != nil }) {
        let values = numbers.map { $0 ?? 0 }
        examine("its size as a number", values.map(Double.init), isCategory: false)
        for divisor in 2...12 as ClosedRange<Int64> {
          let remainders = values.map { Double((($0 % divisor) + divisor) % divisor) }
          examine("its remainder when divided by \(divisor)", remainders, isCategory: true)
        }
      }
      examine("its length", bytes.map { Double($0.count) }, isCategory: false)
      for place in 0..<10 {
        examine(
          "its character \(place + 1)",
          bytes.map { place < $0.count ? Double($0[place]) : .nan },
          isCategory: true
        )
        examine(
          place == 0 ? "its last character" : "its character \(place + 1) from the end",
          bytes.map { place < $0.count ? Double($0[$0.count - 1 - place]) : .nan },
          isCategory: true
        )
      }
    }
    finding = best
  }
}
