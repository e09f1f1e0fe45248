/// The version of XGBoost that wrote a file.
struct XGBoostVersion: Sendable, Equatable, Comparable, CustomStringConvertible {
  var major: Int
  var minor: Int
  var patch = 0

  /// The oldest whose files are understood.
  static let oldest = XGBoostVersion(major: 1, minor: 3)
  /// The first whose files nobody has tried yet.
  static let tooNew = XGBoostVersion(major: 3, minor: 5)

  var description: String { "\(major).\(minor).\(patch)" }

  static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}
