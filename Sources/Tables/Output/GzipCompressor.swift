import CZlib

/// Compresses the bytes of a file with gzip.
///
/// **Ownership:** owns the compressor and frees it with `deflateEnd`. **Thread:** one at a time.
final class GzipCompressor {
  private let file: AtomicFile
  // zlib keeps a pointer to the stream, so that it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private var input: [UInt8] = []
  private var output = [UInt8](repeating: 0, count: 1 << 16)

  /// Starts to compress.
  ///
  /// - Parameter file: Receives the compressed bytes.
  /// - Throws: ``TableError`` `cannotWrite` when zlib has no memory.
  init(_ file: AtomicFile) throws(TableError) {
    self.file = file
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input.reserveCapacity(1 << 16)
    guard creditstream_deflate_init_gzip(stream) == Z_OK else {
      throw TableError(.cannotWrite, file: file.path, "zlib cannot start; is there enough memory?")
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// Adds bytes at the end.
  ///
  /// - Parameter bytes: The bytes.
  /// - Throws: ``TableError`` `cannotWrite`.
  func write(_ bytes: [UInt8]) throws(TableError) {
    input.append(contentsOf: bytes)
    if input.count >= 1 << 16 { try compress(Z_NO_FLUSH) }
  }

  /// Writes the end of the compressed data.
  ///
  /// - Throws: ``TableError`` `cannotWrite`.
  func finish() throws(TableError) { try compress(Z_FINISH) }

  private func compress(_ flush: CInt) throws(TableError) {
    var consumed = 0
    while true {
      let (produced, used, status) = input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
          stream.pointee.next_in = input.baseAddress.map { $0 + consumed }
          stream.pointee.avail_in = UInt32(input.count - consumed)
          stream.pointee.next_out = output.baseAddress
          stream.pointee.avail_out = UInt32(output.count)
          let before = stream.pointee.avail_in
          let status = deflate(stream, flush)
          return (
            output.count - Int(stream.pointee.avail_out), Int(before - stream.pointee.avail_in), status
          )
        }
      }
      guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
        throw TableError(.cannotWrite, file: file.path, "zlib cannot compress: error \(status)")
      }
      consumed += used
      if produced > 0 { try file.write(Array(output[..<produced])) }
      // Room was left in the output: everything that can be written now has been.
      if produced < output.count { break }
    }
    input.removeAll(keepingCapacity: true)
  }
}
