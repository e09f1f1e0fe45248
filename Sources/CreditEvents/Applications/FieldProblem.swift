/// Why a cell or a JSON value is none of a field's values.
public enum FieldProblem: Error, Sendable, Equatable, CaseIterable {
  /// The field is a number, the value is not.
  case notANumber
  /// The number is too large for a double.
  case numberOutOfRange
  /// The field is a flag, the value is neither of its labels.
  case notAFlag
  /// The value is an array or an object.
  case notAScalar

  /// What happened and what to do, without the value itself.
  ///
  /// - Parameter field: The field at which it happened.
  /// - Returns: A sentence that names the field.
  public func message(for field: Field) -> String {
    switch self {
    case .notANumber: "field \"\(field.name)\" is not a number: send a number, or null when it is missing"
    case .numberOutOfRange: "field \"\(field.name)\" is too large for a double: send a finite number, or null"
    case .notAFlag:
      if let labels = field.flagLabels {
        "field \"\(field.name)\" is not a flag: send \"\(labels.off)\" or \"\(labels.on)\", or null when missing"
      } else {
        "field \"\(field.name)\" is not a flag: send 0 or 1, or null when it is missing"
      }
    case .notAScalar:
      "field \"\(field.name)\" is an array or an object: send one \(field.kind.rawValue), or null when missing"
    }
  }
}
