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
/// fields are skipped whatever they hold. Tables of history are arrays of objects; their rows go to
/// ``Application/history``, and the values that are computed from them are left missing.
///
/// Every byte is held to RFC 8259, but only what is used is converted. Keys that stand twice are refused in the event,
/// in each row that is read and anywhere within a member that no field declares; they are not looked for within what
/// is declared and not used.
///
/// **Thread:** one at a time; give each worker its own.
public final class ApplicationDecoder {
  /// The schema that events are read by.
  public let schema: ApplicationSchema
  private let parser: JSONParser
  private let reader: SlotReader
  private let inspector: ValueInspector
  private var keys: KeyPrediction
  private var histories: HistoryReader
  /// Whether events are scanned before they are parsed, and how many were; for tests that hold one against the other.
  var isScanning = true
  private(set) var scannedCount = 0

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
    parser = JSONParser(limits: limits, duplicateKeys: .leftToReader)
    reader = SlotReader(fields: schema.fields, dictionaries: dictionaries)
    histories = HistoryReader(schema.histories)
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
    // Nearly all events are plain; the parser reads the others, and tells what is wrong.
    if isScanning, scan(value, keys: &keys, histories: &histories, into: &application) {
      scannedCount += 1
      return
    }
    let rejection: Rejection?
    do {
      rejection = try parser.withRoot(of: value) { root in
        do throws(Rejection) {
          try read(root, keys: &keys, histories: &histories, into: &application)
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
    try read(json, keys: &keys, histories: &histories, into: &application)
  }

  /// Reads the members; the keys are passed in, so that exclusive access to them is checked once per event.
  private func read(
    _ root: JSONValue,
    keys: inout KeyPrediction,
    histories: inout HistoryReader,
    into application: inout Application
  ) throws(Rejection) {
    guard root.kind == .object else {
      throw Rejection(
        .notAnObject,
        message: "the value is JSON but no object: send one object per application"
      )
    }
    try checkKeys(of: root)
    application.reset(slots: reader.slotCount, histories: schema.histories)
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
        try checkKeys(within: member.value)
        application.quality.noteUnknownField(member.key.utf8)
      } else if index < schema.readCount {
        values[index] = try reader.value(of: member.value, slot: index)
      } else if index < values.count {
        // The name of an aggregate, which is computed and never sent.
        application.quality.noteUnknownField(member.key.utf8)
      } else if index == values.count {
        application.id = try ApplicationID.canonical(member.value, field: schema.idField)
        hasId = true
      } else if let table = schema.history(ofName: index) {
        try histories.read(member.value, table: table, into: &application.history) {
          row throws(Rejection) in try checkKeys(of: row)
        }
      }
    }
    histories.finish(&application.history)
    guard hasId else { throw ApplicationID.missing(schema.idField) }
    application.quality.noteDeviations(of: values, by: inspector)
  }

  /// Looks for keys that stand twice at every level of a value; the parser's limits bound the depth.
  private func checkKeys(within value: JSONValue) throws(Rejection) {
    switch value.kind {
    case .object:
      try checkKeys(of: value)
      for member in value.members { try checkKeys(within: member.value) }
    case .array:
      for element in value.elements { try checkKeys(within: element) }
    default: break
    }
  }

  private func checkKeys(of object: JSONValue) throws(Rejection) {
    do throws(JSONError) {
      try parser.refuseDuplicateKeys(in: object)
    } catch {
      throw Rejection(error, schema: schema, limits: parser.limits)
    }
  }

  /// Reads a plain event in one pass over its bytes, converting only what is used.
  ///
  /// - Returns: Whether it was plain; if not, the application holds nothing of use.
  private func scan(
    _ value: UnsafeRawBufferPointer,
    keys: inout KeyPrediction,
    histories: inout HistoryReader,
    into application: inout Application
  ) -> Bool {
    guard var scanner = JSONScanner(value, limits: parser.limits), scanner.consume(UInt8(ascii: "{")) else {
      return false
    }
    application.reset(slots: reader.slotCount, histories: schema.histories)
    var values: [Double] = []
    swap(&values, &application.values)
    defer { swap(&values, &application.values) }
    var hasId = false
    var position = 0
    keys.beginObject()
    repeat {
      guard position < parser.limits.maximumMembers, let index = keys.consume(&scanner, at: position) else {
        return false
      }
      position += 1
      if index >= 0, index < schema.readCount {
        guard let number = reader.value(&scanner, slot: index) else { return false }
        values[index] = number
      } else if index == values.count {
        guard let id = id(&scanner) else { return false }
        application.id = id
        hasId = true
      } else if let table = schema.history(ofName: index) {
        guard histories.scan(&scanner, table: table, depth: 1, into: &application.history) else {
          return false
        }
      } else {
        // Unknown, or the name of an aggregate, which is computed and never sent; or known and not read.
        if index == KeyPrediction.unknown, let key = keys.unknownKeys.last {
          // What no field declares is looked into for keys that stand twice, which takes the parser.
          let first = scanner.skipBlanks()
          guard first != UInt8(ascii: "{"), first != UInt8(ascii: "[") else { return false }
          application.quality.noteUnknownField(key)
        } else if index < values.count {
          var name = schema.fields[index].name
          name.withUTF8 { application.quality.noteUnknownField($0) }
        }
        guard scanner.skipValue(depth: 1) else { return false }
      }
    } while scanner.consume(UInt8(ascii: ","))
    guard hasId, scanner.consume(UInt8(ascii: "}")), scanner.finish() else { return false }
    histories.finish(&application.history)
    application.quality.noteDeviations(of: values, by: inspector)
    return true
  }

  /// The id, as a text or an integer.
  private func id(_ scanner: inout JSONScanner) -> String? {
    guard scanner.skipBlanks() == UInt8(ascii: "\"") else {
      return scanner.number()?.integer.map { String($0) }
    }
    guard let text = scanner.string() else { return nil }
    return try? ApplicationID.canonical(String(decoding: text, as: UTF8.self), field: schema.idField)
  }
}

extension Application {
  /// Forgets what was read before.
  fileprivate mutating func reset(slots: Int, histories: [HistoryTable]) {
    if history.count == histories.count {
      for table in history.indices { history[table].removeAll() }
    } else {
      history = histories.map { HistoryRows($0) }
    }
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
