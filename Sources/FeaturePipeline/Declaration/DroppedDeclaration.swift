/// A column that is known and not read.
public struct DroppedDeclaration: Sendable, Equatable {
  /// The column's header and the member's key.
  public var name: String
  /// Why it is not read.
  public var reason: String

  /// Declares a dropped column.
  ///
  /// - Parameters:
  ///   - name: The column's header and the member's key.
  ///   - reason: Why it is not read.
  public init(name: String, reason: String) {
    self.name = name
    self.reason = reason
  }
}

extension DroppedDeclaration: NamedDeclaration {
  /// Decodes what stands beside a name under `drop`: the reason.
  init(name: String, from decoder: any Decoder) throws {
    self.init(name: name, reason: try TextScalar(from: decoder).text)
  }
}
