/// One number or category of an application whose distribution is watched.
public struct WatchedValue: Sendable, Equatable {
  /// Where the value comes from.
  public enum Source: Sendable, Equatable {
    /// The raw field in this slot, or what is computed of history there.
    case field(Int)
    /// The model's input in this column: a derived feature, which no field holds.
    case input(Int)
    /// The model's margin.
    case margin
    /// What is answered.
    case decision
  }

  /// What its values are.
  public enum Kind: Sendable, Equatable {
    /// A quantity.
    case number
    /// One of these, by code.
    case category([String])
  }

  /// Its name: that of the field or derived feature, or what it is of the model.
  public let name: String
  /// Where it comes from.
  public let source: Source
  /// What its values are.
  public let kind: Kind
  /// The columns of the model's input that are computed of it alone; their contributions are its own.
  public let inputs: [Int]

  /// Describes a value.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - source: Where it comes from.
  ///   - kind: What its values are.
  ///   - inputs: The columns of the model's input that are computed of it alone.
  public init(name: String, source: Source, kind: Kind, inputs: [Int] = []) {
    self.name = name
    self.source = source
    self.kind = kind
    self.inputs = inputs
  }
}
