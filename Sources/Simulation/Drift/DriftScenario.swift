/// One way in which a population changes, as a file under `Config/scenarios` declares it.
public struct DriftScenario: Sendable, Equatable {
  /// Its name, unique in the file.
  public var name: String
  /// What happens, in a sentence.
  public var about: String
  /// How the change comes.
  public var course: DriftCourse
  /// What changes; each part touches its own rows.
  public var parts: [DriftPart]

  /// Declares a scenario.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - about: What happens, in a sentence.
  ///   - course: How the change comes.
  ///   - parts: What changes.
  public init(name: String, about: String, course: DriftCourse = .abrupt, parts: [DriftPart]) {
    self.name = name
    self.about = about
    self.course = course
    self.parts = parts
  }
}

/// A change of some rows: all that is named happens to the same rows.
public struct DriftPart: Sendable, Equatable {
  /// The share of the rows that it happens to, 0...1.
  public var share = 1.0
  /// Factors of numbers by field.
  public var scale: [String: Double] = [:]
  /// What is added to numbers, by field.
  public var shift: [String: Double] = [:]
  /// Pairs of categories that change places, by field.
  public var swap: [String: [String]] = [:]
  /// What stands in a field instead: a number, or a category, which may be a new one.
  public var set: [String: String] = [:]
  /// Fields that are left empty.
  public var missing: [String] = []
  /// Whether loans default that would have been repaid.
  public var defaults = false

  /// A part in which nothing changes yet.
  public init() {}

  /// The fields that change, sorted.
  var fields: [String] {
    Set(scale.keys).union(shift.keys).union(swap.keys).union(set.keys).union(missing).sorted()
  }

  /// Whether all of it is a matter of how much: then the course changes the amount, and otherwise the share of rows.
  var isGradual: Bool { swap.isEmpty && set.isEmpty && missing.isEmpty && !defaults }
}

/// How a change comes: its strength, 0...1, by the number of rows since it began.
public enum DriftCourse: Sendable, Equatable {
  /// At once and for good.
  case abrupt
  /// Evenly over so many rows, and then for good.
  case ramp(rows: Int)
  /// At once, and only for so many rows.
  case burst(rows: Int)
  /// There and back in so many rows, again and again.
  case season(rows: Int)

  /// The strength of the change.
  ///
  /// - Parameter row: Rows since it began, from 0.
  /// - Returns: 0...1.
  public func strength(at row: Int) -> Double {
    switch self {
    case .abrupt: 1
    case .ramp(let rows): min(1, Double(row + 1) / Double(rows))
    case .burst(let rows): row < rows ? 1 : 0
    case .season(let rows):
      // A triangle: without a cosine the same bits come out everywhere.
      1 - (2 * Double(row % rows) / Double(rows) - 1).magnitude
    }
  }
}
