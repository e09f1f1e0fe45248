/// Numbers as people read them, without a locale, so that the same report is the same bytes everywhere.
public enum NumberText {
  /// A number with a fixed number of decimal places.
  ///
  /// - Parameters:
  ///   - value: The number; its magnitude is below 10¹².
  ///   - digits: The decimal places, 0...6.
  /// - Returns: The text, for example "0.7523"; "–" for a number that is not finite or too large.
  public static func fixed(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value.magnitude < 1e12 else { return "–" }
    let scale = (0..<digits).reduce(1) { product, _ in product * 10 }
    let scaled = Int((value.magnitude * Double(scale)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard digits > 0 else { return "\(sign)\(scaled)" }
    return "\(sign)\(scaled / scale).\(String(scale + scaled % scale).dropFirst())"
  }

  /// A share as percent.
  ///
  /// - Parameters:
  ///   - share: The share, 1 for all.
  ///   - digits: The decimal places.
  /// - Returns: The text, for example "7.9 %".
  public static func percent(_ share: Double, digits: Int = 1) -> String {
    share.isFinite ? "\(fixed(100 * share, digits: digits)) %" : "–"
  }

  /// A whole number in groups of three digits.
  ///
  /// - Parameter value: The number.
  /// - Returns: The text, for example "24,553".
  public static func count(_ value: Int) -> String {
    var digits = String(value.magnitude)
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(digits.suffix(3), at: 0)
      digits = String(digits.dropLast(3))
    }
    groups.insert(digits[...], at: 0)
    return (value < 0 ? "-" : "") + groups.joined(separator: ",")
  }

  /// A number in few characters: four significant digits, and k, M, G for thousands, millions, milliards.
  ///
  /// - Parameter value: The number.
  /// - Returns: The text, for example "0.1046", "-15.37k", "1.35M"; "–" for one that is not finite.
  public static func short(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    let magnitude = value.magnitude
    guard magnitude != 0 else { return "0" }
    guard magnitude >= 1e-4, magnitude < 1e12 else { return scientific(value) }
    for (scale, unit) in [(1e9, "G"), (1e6, "M"), (1e4, "k")] where magnitude >= scale {
      let divisor = unit == "k" ? 1e3 : scale
      return significant(value / divisor) + unit
    }
    return significant(value)
  }

  /// A coordinate of a drawing, to a tenth.
  ///
  /// - Parameter value: The coordinate.
  /// - Returns: The shortest text, for example "12.5" or "7".
  public static func coordinate(_ value: Double) -> String {
    let text = fixed(value, digits: 1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func significant(_ value: Double) -> String {
    let magnitude = value.magnitude
    let digits = magnitude >= 1000 ? 0 : magnitude >= 100 ? 1 : magnitude >= 10 ? 2 : magnitude >= 1 ? 3 : 4
    let text = fixed(value, digits: magnitude < 0.01 ? 6 : digits)
    guard text.contains(".") else { return text }
    let trimmed = String(text.reversed().drop { $0 == "0" }.reversed())
    return trimmed.hasSuffix(".") ? String(trimmed.dropLast()) : trimmed
  }

  private static func scientific(_ value: Double) -> String {
    var exponent = 0
    var mantissa = value
    while mantissa.magnitude >= 10 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa.magnitude < 1 {
      mantissa *= 10
      exponent -= 1
    }
    return "\(fixed(mantissa, digits: 2))e\(exponent)"
  }
}
