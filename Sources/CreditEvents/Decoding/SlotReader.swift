internal import StrictJSON

/// Reads JSON values into slots as ``FieldParser`` does, the usual ones by a short cut.
///
/// A parser holds texts and arrays, and passing it on costs more than reading a number. So what most members
/// are is decided beforehand, by the parser itself: a number of a field without numbers that mean missing is
/// itself, a text that is a known category or label has its code, 0 and 1 of a flag have their values. Whatever
/// else comes goes to the parser.
struct SlotReader: Sendable {
  /// What is known of a slot without looking at its parser.
  private struct ShortCut: Sendable {
    /// Whether a JSON number is the value itself.
    var takesNumbers = false
    /// Whether a text in the dictionary has its code as value.
    var takesTexts = false
    /// The values of the integers 0 and 1, NaN where they are for the parser.
    var zero = Double.nan
    var one = Double.nan
  }

  private let parsers: [FieldParser]
  private let shortCuts: [ShortCut]
  /// The categories of each slot.
  private let categories: [CategoryDictionary]
  /// The texts that the short cut knows: the categories, or the two labels of a flag.
  private let texts: [CategoryDictionary]

  /// Whether categories that the dictionary does not hold are told apart, as in rows of history.
  private let hashesUnseen: Bool

  init(fields: [Field], dictionaries: [CategoryDictionary?], hashesUnseen: Bool = false) {
    let parsers = fields.map(FieldParser.init)
    var texts: [CategoryDictionary] = []
    var shortCuts: [ShortCut] = []
    for (slot, parser) in parsers.enumerated() {
      let field = parser.field
      let known = dictionaries[slot] ?? CategoryDictionary()
      var shortCut = ShortCut()
      switch field.kind {
      case .number:
        texts.append(CategoryDictionary())
        shortCut.takesNumbers = field.missingTexts.isEmpty
      case .category: texts.append(known)
      case .flag:
        texts.append(CategoryDictionary(field.flagLabels.map { [$0.off, $0.on] } ?? []))
        shortCut.zero = (try? parser.value(ofInteger: 0) { _ in nil }) ?? .nan
        shortCut.one = (try? parser.value(ofInteger: 1) { _ in nil }) ?? .nan
      }
      // Only if the parser gives every text its code: one that counts as missing must not be short-cut.
      shortCut.takesTexts = texts[slot].categories.enumerated().allSatisfy { code, category in
        var category = category
        let value = category.withUTF8 { parser.result(ofString: $0) { known.code(utf8: $0) } }
        return value == .success(Double(code))
      }
      shortCuts.append(shortCut)
    }
    self.hashesUnseen = hashesUnseen
    self.parsers = parsers
    self.shortCuts = shortCuts
    self.texts = texts
    categories = dictionaries.map { $0 ?? CategoryDictionary() }
  }

  /// The number of slots.
  var slotCount: Int { parsers.count }

  /// The value of a member.
  ///
  /// - Parameters:
  ///   - json: The member's value.
  ///   - slot: The slot of its field.
  /// - Returns: The value; NaN is missing.
  /// - Throws: ``Rejection`` when it is none of the field's values.
  @inline(__always)
  func value(of json: JSONValue, slot: Int) throws(Rejection) -> Double {
    let shortCut = shortCuts[slot]
    switch json.kind {
    case .null: return .nan
    case .double:
      // Adding zero turns minus zero into zero and leaves every other number alone.
      if shortCut.takesNumbers, let number = json.double { return number + 0 }
    case .integer:
      if shortCut.takesNumbers, let number = json.double { return number + 0 }
      if let integer = json.int64, integer == 0 || integer == 1 {
        let value = integer == 0 ? shortCut.zero : shortCut.one
        if value == value { return value }
      }
    case .string:
      if shortCut.takesTexts, let code = json.withUTF8({ texts[slot].code(utf8: $0) }) ?? nil {
        return Double(code)
      }
    default: break
    }
    return try parsed(json, slot: slot)
  }

  /// The value of a text that the short cut knows.
  @inline(__always)
  func code(of text: UnsafeBufferPointer<UInt8>, slot: Int) -> Double? {
    shortCuts[slot].takesTexts ? texts[slot].code(utf8: text).map(Double.init) : nil
  }

  /// The value of a number that the short cut knows.
  @inline(__always)
  func value(of number: JSONScanner.Number, slot: Int) -> Double? {
    let shortCut = shortCuts[slot]
    if shortCut.takesNumbers { return number.value + 0 }
    guard let integer = number.integer, integer == 0 || integer == 1 else { return nil }
    let value = integer == 0 ? shortCut.zero : shortCut.one
    return value == value ? value : nil
  }

  /// The value of a text, whatever it is; nil where it is none of the field's.
  @inline(never)
  func parsed(_ text: UnsafeBufferPointer<UInt8>, slot: Int) -> Double? {
    try? parsers[slot].value(ofString: text) { code($0, slot) }
  }

  /// The value of a number, whatever it is; nil where it is none of the field's.
  @inline(never)
  func parsed(_ number: JSONScanner.Number, slot: Int) -> Double? {
    if let integer = number.integer { return try? parsers[slot].value(ofInteger: integer) { code($0, slot) } }
    return try? parsers[slot].value(ofNumber: number.value) { code($0, slot) }
  }

  /// The value of a truth value; nil where it is none of the field's.
  @inline(never)
  func parsed(_ boolean: Bool, slot: Int) -> Double? {
    try? parsers[slot].value(ofBoolean: boolean) { code($0, slot) }
  }

  private func code(_ text: UnsafeBufferPointer<UInt8>, _ slot: Int) -> Int? {
    hashesUnseen ? categories[slot].codeOrHash(utf8: text) : categories[slot].code(utf8: text)
  }

  @inline(never)
  private func parsed(_ json: JSONValue, slot: Int) throws(Rejection) -> Double {
    do throws(FieldProblem) {
      return try parsers[slot].value(of: json) { code($0, slot) }
    } catch {
      throw Rejection(error, field: parsers[slot].field)
    }
  }
}
