/// A number of a simulation's declaration: written out, or an expression over its factors and fields.
public enum Quantity: Sendable, Equatable {
  /// A number.
  case number(Double)
  /// The text of an expression, in the language of derived features.
  case expression(String)
}

extension Quantity: Decodable {
  /// Reads a number or a text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .expression(try container.decode(String.self))
    }
  }
}

extension Quantity: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A number.
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  /// The text of an expression.
  public init(stringLiteral value: String) { self = .expression(value) }
}
