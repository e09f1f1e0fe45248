/// Another source, which tells on the way what share of a file has been read.
final class ProgressSource: ByteSource {
  let name: String
  private let source: FileSource
  private let progress: (Double) -> Void
  private var readCount = 0

  /// Wraps a file.
  ///
  /// - Parameters:
  ///   - source: The file.
  ///   - progress: Receives the share that has been read, rising to 1; never called for a file of unknown size.
  init(_ source: FileSource, progress: @escaping (Double) -> Void) {
    name = source.name
    self.source = source
    self.progress = progress
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableError) -> Int {
    let count = try source.read(into: buffer)
    readCount += count
    if source.byteCount > 0 { progress(min(1, Double(readCount) / Double(source.byteCount))) }
    return count
  }
}
