/// Finds missing, unseen and out-of-range values, the same for events and for rows of tables.
///
/// The declarations are laid out by slot, so that the usual case (everything in order) is one short loop
/// without a branch on the kind of the field.
public struct ValueInspector: Sendable {
  /// The least and the greatest expected value; an unseen category lies below 0 as a number does below its range.
  private let lower: [Double]
  private let upper: [Double]
  private let countsMissing: [Bool]
  private let isCategory: [Bool]

  /// Lays out the declarations of a schema.
  public init(schema: ApplicationSchema) {
    lower = schema.fields.map { $0.kind == .category ? 0 : $0.range?.lowerBound ?? -.infinity }
    upper = schema.fields.map { $0.range?.upperBound ?? .infinity }
    // A client without history lacks nothing.
    countsMissing = schema.fields.indices.map { $0 < schema.readCount && !schema.fields[$0].isProtected }
    isCategory = schema.fields.map { $0.kind == .category }
  }

  /// Adds the deviations among the values, slots ascending.
  func inspect(_ values: [Double], into quality: inout DataQuality) {
    var missing = 0
    for slot in lower.indices where slot < values.count {
      let value = values[slot]
      if value >= lower[slot] && value <= upper[slot] { continue }
      if value.isNaN {
        missing += countsMissing[slot] ? 1 : 0
      } else if isCategory[slot] {
        quality.unseenCategory.append(slot)
      } else {
        quality.outOfRange.append(slot)
      }
    }
    quality.missing += missing
  }
}
