/// Why a reference, a window or a detector cannot be made.
public struct DriftError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The kinds of failure.
  public enum Code: String, Sendable, CaseIterable {
    /// A feature has no value in the reference, or the reference has no rows.
    case emptyReference
    /// The reference has too few rows for the tolerance that the operator asks for.
    case referenceTooSmall
    /// A tolerance, patience or length is out of its range.
    case invalidSetting
    /// Counts belong to another layout of bins.
    case otherLayout
    /// A document's numbers contradict each other.
    case invalidDocument
  }

  /// The kind of failure.
  public var code: Code
  /// The feature it is about, if it is about one.
  public var feature: String?
  /// What happened and what to do about it.
  public var message: String

  /// Describes a failure.
  ///
  /// - Parameters:
  ///   - code: The kind of failure.
  ///   - feature: The feature it is about, or nil.
  ///   - message: What happened and what to do about it.
  public init(_ code: Code, feature: String? = nil, _ message: String) {
    self.code = code
    self.feature = feature
    self.message = message
  }

  /// The feature, if there is one, and the message.
  public var description: String { feature.map { "feature \($0): \(message)" } ?? message }
}
