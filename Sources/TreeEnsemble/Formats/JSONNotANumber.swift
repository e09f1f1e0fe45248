/// The one liberty that XGBoost takes with JSON: `NaN`, as the threshold of categorical splits.
enum JSONNotANumber {
  /// What stands for it after ``replaced(in:)``: a text of the same length.
  static let placeholder = "n"

  /// Makes JSON of XGBoost's JSON: each `NaN` outside texts becomes the text ``placeholder``.
  ///
  /// - Parameter bytes: A file.
  /// - Returns: The file with the same length; itself when there is nothing to replace.
  /// - Complexity: O(bytes); a copy is made only where there is a `NaN`.
  static func replaced(in bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    var isText = false
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""): isText.toggle()
      case UInt8(ascii: "\\") where isText: index += 1
      case UInt8(ascii: "N") where !isText:
        if bytes[index...].starts(with: "NaN".utf8) {
          result.replaceSubrange(index..<index + 3, with: "\"\(placeholder)\"".utf8)
          index += 2
        }
      default: break
      }
      index += 1
    }
    return result
  }
}
