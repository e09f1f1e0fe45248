public import StrictJSON

/// Reads the value of an applications record into an ``Application``.
///
/// Producers write the same members in the same order again and again, so the decoder expects the n-th member
/// to be the one that was n-th in the event before, and looks a key up only when it is not. A clean event costs
/// no allocation once the buffers have grown.
///
/// Scored with the deviation in ``Application/quality``: missing fields (absent, null, empty or one of the
/// declared texts), unseen categories, numbers out of range, unknown fields. Rejected: what is no JSON object
/// within the limits, has no usable id, or a field of another kind than declared. Declared target and dropped
/// fields are skipped whatever they hold.
///
/// **Thread:** one at a time; give each worker its own.
public final class ApplicationDecoder {
  /// The schema that events are read by.
  public let schema: ApplicationSchema
  private let parser: JSONParser
  private let reader: SlotReader
  private let inspector: ValueInspector
  private var keys: KeyPrediction

  /// Prepares a decoder.
  ///
  /// - Parameters:
  ///   - schema: The fields to read.
  ///   - dictionaries: The categories of each field by slot; nil where the field has none.
  ///   - limits: What an event may cost before it is rejected.
  /// - Precondition: There is one entry of `dictionaries` for each slot.
  public init(
    schema: ApplicationSchema,
    dictionaries: [CategoryDictionary?],
    limits: JSONLimits = .event
  ) {
    precondition(dictionaries.count == schema.fields.count, "one entry of dictionaries for each slot")
    self.schema = schema
    parser = JSONParser(limits: limits)
    reader = SlotReader(schema: schema, dictionaries: dictionaries)
    inspector = ValueInspector(schema: schema)
    keys = KeyPrediction(names: schema.names)
  }

  /// Reads one event.
  ///
  /// - Parameters:
  ///   - value: The record's value; nil for a tombstone.
  ///   - application: Receives id, values and data quality; holds nothing of use when this throws.
  /// - Throws: ``Rejection`` when the event can have no decision; its message does not quote the event.
  /// - Complexity: O(bytes), no allocation for a clean event when warm.
  public func decode(_ value: UnsafeRawBufferPointer?, into application: inout Application) throws(Rejection)
  {
    guard let value, !value.isEmpty else {
      throw Rejection(.emptyValue, message: "the record has no value: send the application as a JSON object")
    }
    let rejection: Rejection?
    do {
      rejection = try parser.withRoot(of: value) { root in
        do throws(Rejection) {
          try read(root, keys: &keys, into: &application)
          return nil
        } catch {
          return error
        }
      }
    } catch let error as JSONError {
      throw Rejection(error, schema: schema, limits: parser.limits)
    } catch {
      throw Rejection(.notJSON, message: "the value cannot be read: send the application as a JSON object")
    }
    if let rejection { throw rejection }
  }

  /// Reads one application out of a document that holds several.
  ///
  /// - Parameters:
  ///   - json: The application's object, lent by a parser that has refused what is not JSON or beyond the limits.
  ///   - application: Receives id, values and data quality; holds nothing of use when this throws.
  /// - Throws: ``Rejection`` when the application can have no decision.
  public func decode(_ json: JSONValue, into application: inout Application) throws(Rejection) {
    try read(json, keys: &keys, into: &application)
  }

  /// Reads the members; the keys are passed in, so that exclusive access to them is checked once per event.
  private func read(
    _ root: JSONValue,
    keys: inout KeyPrediction,
    into application: inout Application
  ) throws(Rejection) {
    guard root.kind == .object else {
      throw Rejection(
        .notAnObject,
        message: "the value is JSON but no object: send one object per application"
      )
    }
    application.reset(slots: reader.slotCount)
    // Moved out and back, so that writing to them needs no check of who else holds them.
    var values: [Double] = []
    swap(&values, &application.values)
    defer { swap(&values, &application.values) }
    var hasId = false
    var position = 0
    for member in root.members {
      let index = keys.index(of: member.key.utf8, at: position)
      position += 1
      if index == KeyPrediction.unknown {
        application.quality.noteUnknownField(member.key.utf8)
      } else if index < values.count {
        values[index] = try reader.value(of: member.value, slot: index)
      } else if index == values.count {
        application.id = try ApplicationID.canonical(member.value, field: schema.idField)
        hasId = true
      }
    }
    guard hasId else { throw ApplicationID.missing(schema.idField) }
    application.quality.noteDeviations(of: values, by: inspector)
  }
}

extension Application {
  /// Forgets what was read before.
  fileprivate mutating func reset(slots: Int) {
    if values.count == slots {
      for slot in values.indices {
        values[slot] = .nan
      }
    } else {
      values = [Double](repeating: .nan, count: slots)
    }
    if quality.unknownFieldCount > 0 {
      quality.unknownFieldCount = 0
      quality.unknownFields.removeAll()
    }
  }
}
