/// A block of a LightGBM text model: lines of `name=value`, read by name, with errors that say where.
struct LightGBMLines {
  /// Where the block stands, for example "Tree=3".
  let path: String
  /// The block's size; no array in it can have more elements.
  let byteCount: Int
  private let values: [String: Substring]

  /// Reads lines.
  ///
  /// - Parameters:
  ///   - lines: The block without its first line.
  ///   - path: Where it stands.
  ///   - known: The names that are understood. A name that is not known may change the meaning of the model, so
  ///     it is refused rather than skipped.
  /// - Throws: ``ModelFormatError`` when a line is none, unknown or there twice.
  init(_ lines: [Substring], at path: String, known: Set<String>) throws(ModelFormatError) {
    self.path = path
    byteCount = lines.reduce(0) { $0 + $1.utf8.count + 1 }
    var values: [String: Substring] = [:]
    for line in lines {
      let name = String(line.prefix { $0 != "=" })
      let value = line.utf8.count > name.utf8.count ? line.dropFirst(name.count + 1) : ""
      guard known.contains(name) else {
        throw ModelFormatError(
          .unsupported,
          "“\(name.prefix(64))” is not known; the file may be newer than this program",
          at: path
        )
      }
      guard values.updateValue(value, forKey: name) == nil else {
        throw ModelFormatError(.inconsistent, "“\(name)” occurs twice", at: path)
      }
    }
    self.values = values
  }

  /// Whether a line is there.
  func has(_ name: String) -> Bool { values[name] != nil }

  /// Reads a line's value.
  ///
  /// - Parameter name: Its name.
  /// - Returns: The text after the equals sign.
  /// - Throws: ``ModelFormatError`` when it is missing.
  func text(_ name: String) throws(ModelFormatError) -> Substring {
    guard let value = values[name] else {
      throw error(.missing, "“\(name)” is missing; give a complete LightGBM text model")
    }
    return value
  }

  /// Reads a whole number.
  ///
  /// - Parameter name: Its name.
  /// - Returns: The number.
  /// - Throws: ``ModelFormatError`` when it is missing or none.
  func integer(_ name: String) throws(ModelFormatError) -> Int {
    guard let number = Int(try text(name)) else { throw error(.wrongType, "“\(name)” is no whole number") }
    return number
  }

  /// Reads whole numbers.
  ///
  /// - Parameters:
  ///   - name: The line's name.
  ///   - count: How many there must be, or `nil` for any number.
  /// - Returns: The numbers.
  /// - Throws: ``ModelFormatError`` when there are not as many, or others.
  func integers(_ name: String, count: Int?) throws(ModelFormatError) -> [Int64] {
    try numbers(name, count: count) { Int64($0) }
  }

  /// Reads numbers of 64 bits.
  ///
  /// - Parameters:
  ///   - name: The line's name.
  ///   - count: How many there must be.
  ///   - mayBeInfinite: True to take "inf" for a number, too.
  /// - Returns: The numbers.
  /// - Throws: ``ModelFormatError`` when there are not as many, or others.
  func doubles(
    _ name: String,
    count: Int,
    mayBeInfinite: Bool = false
  ) throws(ModelFormatError) -> [Double] {
    try numbers(name, count: count) { text in
      if mayBeInfinite, text == "inf" || text == "-inf" { return text == "inf" ? .infinity : -.infinity }
      // Double's initialiser also takes "nan", "inf" and hexadecimal numbers.
      return text.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) } ? Double(text) : nil
    }
  }

  private func numbers<Number>(
    _ name: String,
    count: Int?,
    _ read: (Substring) -> Number?
  ) throws(ModelFormatError) -> [Number] {
    // What has no elements may be missing: older versions leave such lines out.
    if count == 0, values[name] == nil { return [] }
    var numbers: [Number] = []
    if let count { numbers.reserveCapacity(min(count, byteCount)) }
    for text in try text(name).split(separator: " ") {
      guard let number = read(text) else { throw error(.wrongType, "“\(name)” holds what is no number") }
      numbers.append(number)
    }
    if let count, numbers.count != count {
      throw error(.inconsistent, "“\(name)” has \(numbers.count) entries, not \(count)")
    }
    return numbers
  }

  /// An error of this block.
  func error(_ code: ModelFormatError.Code, _ message: String) -> ModelFormatError {
    ModelFormatError(code, message, at: path)
  }
}
