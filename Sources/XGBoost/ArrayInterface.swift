/// NumPy's array interface: how libxgboost is told, in JSON, where rows lie and what shape they have.
enum ArrayInterface {
  /// Describes row-major 32-bit floats.
  ///
  /// The text holds the buffer's address: it may only be used while the buffer is valid.
  ///
  /// - Parameters:
  ///   - values: The rows.
  ///   - rowCount: The number of rows.
  ///   - columnCount: The number of columns.
  /// - Returns: The JSON text.
  static func describe(_ values: UnsafeBufferPointer<Float>, rowCount: Int, columnCount: Int) -> String {
    let address = UInt(bitPattern: values.baseAddress)
    return """
      {"data": [\(address), true], "shape": [\(rowCount), \(columnCount)], "typestr": "<f4", "version": 3}
      """
  }
}

/// Calls `body` with the strings as C strings.
///
/// - Parameters:
///   - strings: The strings; a NUL inside one would end it early for C.
///   - body: Receives one pointer per string, valid only during the call.
/// - Returns: What `body` returns.
func withCStrings(
  _ strings: [String],
  _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> CInt
) -> CInt {
  // One buffer for all, then pointers into it: no allocation has to be freed by hand.
  var bytes: [CChar] = []
  var starts: [Int] = []
  for string in strings {
    starts.append(bytes.count)
    bytes.append(contentsOf: string.utf8.lazy.map { CChar(bitPattern: $0) })
    bytes.append(0)
  }
  return unsafe bytes.withUnsafeBufferPointer { text in
    let pointers = unsafe starts.map { start in unsafe text.baseAddress.map { unsafe $0 + start } }
    return unsafe pointers.withUnsafeBufferPointer { unsafe body($0) }
  }
}
