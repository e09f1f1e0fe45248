/// One raw field of a loan application, as the pipeline declares it.
///
/// A field says what a cell of a table or a member of an event may hold; ``FieldParser`` turns either into
/// the same `Double`. Fields that are declared as dropped, the id and the target are not fields in this
/// sense: see ``ApplicationSchema``.
public struct Field: Sendable, Equatable {
  /// What the values of a field are.
  public enum Kind: String, Sendable, CaseIterable {
    /// A quantity; its value is itself.
    case number
    /// One of several texts; its value is the code of the text in the field's ``CategoryDictionary``.
    case category
    /// A yes or no; its value is 1 or 0.
    case flag
  }

  /// The two texts of a flag, as tables and events write them.
  public struct FlagLabels: Sendable, Equatable {
    /// The text that means 0.
    public var off: String
    /// The text that means 1.
    public var on: String

    /// Creates the labels of a flag.
    public init(off: String, on: String) {
      self.off = off
      self.on = on
    }
  }

  /// The member's key in an event and the column's header in a table.
  public var name: String
  /// What its values are.
  public var kind: Kind
  /// The expected values of a number; one outside is scored as given and named in the data quality.
  public var range: ClosedRange<Double>?
  /// Whether the model must never see it (gender and the like); it may be absent from an event.
  public var isProtected: Bool
  /// Texts that count as missing, beside the empty one.
  public var missingTexts: [String]
  /// How a flag is written, `0` and `1` by default.
  ///
  /// `true` and `false` are always understood as well.
  public var flagLabels: FlagLabels?

  /// Creates the declaration of a field; everything but name and kind has the plain default.
  public init(
    name: String,
    kind: Kind,
    range: ClosedRange<Double>? = nil,
    isProtected: Bool = false,
    missingTexts: [String] = [],
    flagLabels: FlagLabels? = nil
  ) {
    self.name = name
    self.kind = kind
    self.range = range
    self.isProtected = isProtected
    self.missingTexts = missingTexts
    self.flagLabels = flagLabels
  }
}
