internal import CSimdjson

/// Reads JSON by RFC 8259, strictly and within limits.
///
/// simdjson parses; this class adds what it leaves open: duplicate keys are refused at every level (or where their
/// reader asks for it), and so are a byte order mark, too deep, too wide and too long documents. Whether and why a
/// document is refused does not depend on the version of simdjson or on the CPU.
///
/// The parser owns its buffers and uses them again: once they have grown to the largest document, reading one allocates
/// nothing.
///
/// **Thread:** one at a time; give each worker its own.
public final class JSONParser {
  /// Who looks for keys that stand twice in an object.
  public enum DuplicateKeys: Sendable {
    /// The parser, in every object, before anything is read.
    case refused
    /// The reader, by ``JSONParser/refuseDuplicateKeys(in:)`` for the objects that it reads.
    case leftToReader
  }

  /// What a document may cost.
  public let limits: JSONLimits
  private let handle: OpaquePointer?
  private var inspector: TapeInspector
  private var isReading = false

  /// A parser with empty buffers.
  ///
  /// - Parameters:
  ///   - limits: What a document may cost.
  ///   - duplicateKeys: Who looks for keys that stand twice in an object.
  public init(limits: JSONLimits, duplicateKeys: DuplicateKeys = .refused) {
    self.limits = limits
    // Two levels more than allowed: simdjson's own limit is off by one, and the inspector draws the line exactly.
    handle = csimdjson_parser_create(limits.maximumDepth + 2)
    inspector = TapeInspector(limits: limits, duplicateKeys: duplicateKeys)
  }

  deinit { csimdjson_parser_destroy(handle) }

  /// Parses a document and lends its root.
  ///
  /// The root, and every value, key and sequence reached from it, points into the parser's buffers: none may leave
  /// `body`. Copy out strings and numbers instead.
  ///
  /// - Parameters:
  ///   - bytes: The whole document; no padding needed; not kept.
  ///   - body: Reads the document. It must not use this parser again.
  /// - Returns: What `body` returns.
  /// - Throws: ``JSONError`` when the document is refused; else what `body` throws.
  /// - Precondition: Not called from within its own `body`.
  /// - Complexity: O(bytes), no allocation when warm.
  public func withRoot<R>(of bytes: UnsafeRawBufferPointer, _ body: (JSONValue) throws -> R) throws -> R {
    precondition(
      !isReading,
      "JSONParser.withRoot must not be nested; the values of the outer document would change"
    )
    isReading = true
    defer { isReading = false }
    return try body(try parse(bytes))
  }

  /// Parses a document held in an array and lends its root.
  ///
  /// - Parameters:
  ///   - bytes: The whole document.
  ///   - body: Reads the document; nothing of it may leave.
  /// - Returns: What `body` returns.
  /// - Throws: ``JSONError`` when the document is refused; else what `body` throws.
  public func withRoot<R>(of bytes: [UInt8], _ body: (JSONValue) throws -> R) throws -> R {
    try bytes.withUnsafeBytes { try withRoot(of: $0, body) }
  }

  /// Refuses an object that has a key twice.
  ///
  /// - Parameter object: An object of the document being read.
  /// - Throws: ``JSONError`` `duplicateKey` with the path of the second.
  public func refuseDuplicateKeys(in object: JSONValue) throws(JSONError) {
    try inspector.inspectKeys(of: object)
  }

  private func parse(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> JSONValue {
    guard bytes.count <= limits.maximumBytes else {
      throw JSONError(.tooLarge, "\(bytes.count) bytes; at most \(limits.maximumBytes) are read")
    }
    guard !bytes.startsWithByteOrderMark else {
      throw JSONError(.byteOrderMark, "starts with a byte order mark; write UTF-8 without one", offset: 0)
    }
    guard let handle else { throw .outOfMemory }
    var document = csimdjson_document()
    let status = csimdjson_parse(handle, bytes.baseAddress, bytes.count, &document)
    guard Int(status) == CSIMDJSON_OK, let tape = document.tape, let strings = document.strings else {
      if Int(status) == CSIMDJSON_OUT_OF_MEMORY { throw .outOfMemory }
      var check = SyntaxCheck(bytes, maximumDepth: limits.maximumDepth)
      throw check.refusal() ?? JSONError(.syntax, "not JSON")
    }
    let root = JSONValue(tape: tape, strings: strings, index: 1)
    try inspector.inspect(root, mayHoldLongStrings: bytes.count > limits.maximumStringBytes)
    return root
  }
}

extension JSONError {
  fileprivate static var outOfMemory: JSONError {
    JSONError(.outOfMemory, "no memory for the parser's buffers; give the process more, or lower the limits")
  }
}

extension UnsafeRawBufferPointer {
  fileprivate var startsWithByteOrderMark: Bool {
    count >= 3 && self[0] == 0xEF && self[1] == 0xBB && self[2] == 0xBF
  }
}
