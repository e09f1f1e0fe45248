/// Bytes that are read from the start to the end, once.
public protocol ByteSource: AnyObject {
  /// What the source is called in messages.
  var name: String { get }

  /// Reads the next bytes.
  ///
  /// - Parameter buffer: Receives them; not empty.
  /// - Returns: How many were read; 0 only at the end.
  /// - Throws: ``TableError`` when reading fails.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableError) -> Int
}

/// Bytes in memory.
public final class MemorySource: ByteSource {
  /// What the source is called in messages.
  public let name: String
  private var rest: ArraySlice<UInt8>
  private let chunk: Int

  /// Creates a source.
  ///
  /// - Parameters:
  ///   - bytes: The bytes.
  ///   - name: What the source is called in messages.
  ///   - chunk: How many bytes are given at most at a time.
  public init(_ bytes: [UInt8], name: String, chunk: Int = .max) {
    rest = bytes[...]
    self.name = name
    self.chunk = chunk
  }

  /// Reads the next bytes.
  ///
  /// - Parameter buffer: Receives them.
  /// - Returns: How many were read; 0 at the end.
  public func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, rest.count, chunk)
    buffer.copyBytes(from: rest.prefix(count))
    rest = rest.dropFirst(count)
    return count
  }
}
