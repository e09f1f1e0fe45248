/// What was unusual about an application that was scored all the same.
///
/// Nothing in it changes the score: a missing value, an unseen category and a number outside its range are
/// scored as they are, an unknown field is not read. Slots and names stand in a fixed order (slots ascending,
/// unknown names as they came), so that equal bytes give equal decisions.
public struct DataQuality: Sendable, Equatable {
  /// How many unknown fields are named; the others are only counted.
  public static let maximumUnknownNames = 16
  /// At how many UTF-8 bytes the name of an unknown field is cut, between two characters.
  public static let maximumUnknownNameBytes = 64

  /// The number of fields without a value; protected fields, which may be absent, do not count.
  public var missing: Int
  /// The slots of the fields whose category the model has never seen.
  public var unseenCategory: [Int]
  /// The slots of the fields whose number lies outside the declared range.
  public var outOfRange: [Int]
  /// The number of fields that the schema does not declare.
  public var unknownFieldCount: Int
  /// The names of the first ``maximumUnknownNames`` unknown fields.
  public var unknownFields: [String]

  /// Creates a record of deviations; without arguments that of a perfect application.
  public init(
    missing: Int = 0,
    unseenCategory: [Int] = [],
    outOfRange: [Int] = [],
    unknownFieldCount: Int = 0,
    unknownFields: [String] = []
  ) {
    self.missing = missing
    self.unseenCategory = unseenCategory
    self.outOfRange = outOfRange
    self.unknownFieldCount = unknownFieldCount
    self.unknownFields = unknownFields
  }

  /// Counts a field that the schema does not declare, and names it while there is room.
  ///
  /// - Parameter utf8: The field's name.
  public mutating func noteUnknownField(_ utf8: UnsafeBufferPointer<UInt8>) {
    unknownFieldCount += 1
    guard unknownFields.count < Self.maximumUnknownNames else { return }
    var end = min(utf8.count, Self.maximumUnknownNameBytes)
    // A UTF-8 continuation byte is 10xxxxxx: the cut must not stand before one.
    while end > 0, end < utf8.count, utf8[end] & 0xc0 == 0x80 {
      end -= 1
    }
    unknownFields.append(String(decoding: UnsafeBufferPointer(rebasing: utf8[..<end]), as: UTF8.self))
  }

  /// Counts the deviations among the values; what was noted of unknown fields stays.
  ///
  /// - Parameters:
  ///   - values: One value for each slot.
  ///   - inspector: The inspector of the values' schema.
  public mutating func noteDeviations(of values: [Double], by inspector: ValueInspector) {
    missing = 0
    unseenCategory.removeAll(keepingCapacity: true)
    outOfRange.removeAll(keepingCapacity: true)
    inspector.inspect(values, into: &self)
  }
}
