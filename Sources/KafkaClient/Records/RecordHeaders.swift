/// The headers of a record: names and raw values, in order, names may repeat, a value may be null.
///
/// All bytes lie in one array, so that a reused value (``removeAll()``) costs no allocation per record.
public struct RecordHeaders: Sendable, Equatable {
  private struct Entry: Equatable {
    var nameEnd: Int
    var valueEnd: Int
    var hasValue: Bool
  }

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []

  /// Creates an empty list.
  public init() {}

  /// How many headers there are.
  public var count: Int { entries.count }

  /// Whether there is none.
  public var isEmpty: Bool { entries.isEmpty }

  /// Removes every header and keeps the storage.
  public mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    entries.removeAll(keepingCapacity: true)
  }

  /// Appends a header.
  ///
  /// - Parameters:
  ///   - name: The name's UTF-8.
  ///   - value: The value's bytes, nil for a null value.
  public mutating func append(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) {
    unsafe bytes.append(contentsOf: name)
    let nameEnd = bytes.count
    if let value = unsafe value { unsafe bytes.append(contentsOf: value) }
    entries.append(Entry(nameEnd: nameEnd, valueEnd: bytes.count, hasValue: unsafe value != nil))
  }

  /// Appends a header.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - value: The value's bytes, nil for a null value.
  public mutating func append(_ name: String, _ value: UnsafeRawBufferPointer?) {
    var name = name
    name.withUTF8 { unsafe append(UnsafeRawBufferPointer($0), value) }
  }

  /// Appends a header with a text as its value.
  public mutating func append(_ name: String, _ value: String) {
    var value = value
    value.withUTF8 { unsafe append(name, UnsafeRawBufferPointer($0)) }
  }

  /// Appends a header with bytes as its value.
  public mutating func append(_ name: String, _ value: [UInt8]) {
    unsafe value.withUnsafeBytes { unsafe append(name, $0) }
  }

  /// Calls a closure with every header in order; the bytes are valid only inside.
  public func forEach<E: Error>(
    _ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) throws(E) -> Void
  ) throws(E) {
    guard !entries.isEmpty else { return }
    let outcome: Result<Void, E> = unsafe bytes.withUnsafeBytes { all in
      var start = 0
      for entry in entries {
        let name = unsafe UnsafeRawBufferPointer(rebasing: all[start..<entry.nameEnd])
        let value = unsafe UnsafeRawBufferPointer(rebasing: all[entry.nameEnd..<entry.valueEnd])
        do throws(E) {
          try unsafe body(name, entry.hasValue ? value : nil)
        } catch {
          return .failure(error)
        }
        start = entry.valueEnd
      }
      return .success(())
    }
    try outcome.get()
  }

  /// The last value of a name as text, nil if there is none or it is null (the convention of Kafka's clients).
  public func lastText(of name: String) -> String? {
    var found: String?
    unsafe forEach { candidate, value in
      if unsafe candidate.elementsEqual(name.utf8) {
        unsafe found = value.map { unsafe String(decoding: $0, as: UTF8.self) }
      }
    }
    return found
  }
}

extension RecordHeaders: ExpressibleByDictionaryLiteral {
  /// Creates headers with text values from a literal such as `["trace": "1"]`.
  public init(dictionaryLiteral elements: (String, String)...) {
    self.init()
    for (name, value) in elements { append(name, value) }
  }
}
