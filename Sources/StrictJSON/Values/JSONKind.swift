/// What a value is.
public enum JSONKind: String, Sendable, CaseIterable {
  /// Members in the order of the text.
  case object
  /// Elements in order.
  case array
  /// Text.
  case string
  /// A number written without fraction and exponent, −2⁶³ … 2⁶⁴ − 1.
  case integer
  /// A number written with fraction or exponent.
  case double
  /// True or false.
  case boolean
  /// Null.
  case null
}
