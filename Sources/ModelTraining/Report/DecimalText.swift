/// Numbers as people read them, without Foundation and its locales.
enum DecimalText {
  /// A number with a fixed number of decimal places.
  ///
  /// - Parameters:
  ///   - value: The number; its magnitude is below 10¹² here.
  ///   - digits: The decimal places, 1...6.
  /// - Returns: The text, for example "0.7523"; "–" for a number that is not finite.
  static func fixed(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value.magnitude < 1e12 else { return "–" }
    let scale = (0..<digits).reduce(1) { product, _ in product * 10 }
    let scaled = Int((value.magnitude * Double(scale)).rounded())
    let fraction = String(scale + scaled % scale).dropFirst()
    return "\(value < 0 && scaled > 0 ? "-" : "")\(scaled / scale).\(fraction)"
  }
}
