/// The version of XGBoost that wrote a file.
struct XGBoostVersion: Sendable, Equatable, Comparable, CustomStringConvertible {
  var major: Int
  var minor: Int
  var patch = 0

  var description: String { "\(major).\(minor).\(patch)" }

  static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}
