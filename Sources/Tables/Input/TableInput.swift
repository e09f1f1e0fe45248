/// Opens a file, compressed or not.
public enum TableInput {
  /// Opens a file; what begins like gzip is decompressed, whatever the file is called.
  ///
  /// - Parameters:
  ///   - path: The file's path.
  ///   - progress: Receives the share of the file that has been read, rising to 1.
  /// - Returns: The bytes of the table.
  /// - Throws: ``TableError`` when it cannot be opened or read.
  public static func open(
    _ path: String,
    progress: ((Double) -> Void)? = nil
  ) throws(TableError) -> any ByteSource {
    let file = try FileSource(path)
    guard let progress else { return try decompressed(file) }
    return try decompressed(ProgressSource(file, progress: progress))
  }

  /// Decompresses what begins like gzip and leaves the rest as it is.
  ///
  /// - Parameter source: The bytes of a file.
  /// - Returns: The bytes of the table.
  /// - Throws: ``TableError`` when reading fails.
  public static func decompressed(_ source: any ByteSource) throws(TableError) -> any ByteSource {
    var beginning: [UInt8] = []
    var byte: UInt8 = 0
    while beginning.count < GzipSource.magic.count {
      // Typed errors do not pass through `withUnsafeMutableBytes`, hence the result.
      let result = withUnsafeMutableBytes(of: &byte) { buffer in
        Result { () throws(TableError) in try source.read(into: buffer) }
      }
      guard try result.get() == 1 else { break }
      beginning.append(byte)
    }
    return beginning == GzipSource.magic
      ? try GzipSource(source, beginning: beginning) : PrefixedSource(beginning, source)
  }
}

/// Some bytes, then those of another source.
private final class PrefixedSource: ByteSource {
  let name: String
  private let prefix: MemorySource
  private let source: any ByteSource

  init(_ prefix: [UInt8], _ source: any ByteSource) {
    name = source.name
    self.prefix = MemorySource(prefix, name: source.name)
    self.source = source
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableError) -> Int {
    let count = prefix.read(into: buffer)
    return count > 0 ? count : try source.read(into: buffer)
  }
}
