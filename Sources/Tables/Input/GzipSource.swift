import CZlib

/// The decompressed bytes of a gzip file, which may have several members one after the other.
///
/// A file that ends within a member is an error, not a shorter table; so is anything but zeros after the last
/// member.
///
/// **Ownership:** owns the decompressor and frees it with `inflateEnd`. **Thread:** one at a time.
final class GzipSource: ByteSource {
  /// The first two bytes of every gzip member.
  static let magic: [UInt8] = [0x1F, 0x8B]

  let name: String
  private let source: any ByteSource
  // zlib keeps a pointer to the stream, so that it must not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableRawBufferPointer
  private var isAtEnd = false
  private var isBetweenMembers = false

  /// Starts to decompress.
  ///
  /// - Parameters:
  ///   - source: The compressed bytes.
  ///   - beginning: Bytes that were read from it already.
  /// - Throws: ``TableError`` `cannotRead` when zlib has no memory.
  init(_ source: any ByteSource, beginning: [UInt8] = []) throws(TableError) {
    self.source = source
    name = source.name
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    input = .allocate(byteCount: max(1 << 16, beginning.count), alignment: 16)
    input.copyBytes(from: beginning)
    stream.pointee.next_in = input.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_in = UInt32(beginning.count)
    guard creditstream_inflate_init_gzip(stream) == Z_OK else {
      throw TableError(.cannotRead, file: name, "zlib cannot start; is there enough memory?")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableError) -> Int {
    let output = buffer.bindMemory(to: UInt8.self)
    stream.pointee.next_out = output.baseAddress
    let room = UInt32(min(output.count, 1 << 30))
    stream.pointee.avail_out = room
    while stream.pointee.avail_out == room, !isAtEnd {
      if isBetweenMembers {
        try startNextMember()
      } else {
        if stream.pointee.avail_in == 0, try !refill() {
          throw TableError(
            .truncated,
            file: name,
            "the gzip file ends in the middle; it was cut off, so copy or download it again"
          )
        }
        let status = inflate(stream, Z_NO_FLUSH)
        if status == Z_STREAM_END {
          isBetweenMembers = true
        } else if status != Z_OK, status != Z_BUF_ERROR {
          let detail = stream.pointee.msg.map { String(cString: $0) } ?? "error \(status)"
          throw TableError(.damaged, file: name, "the gzip data are damaged (\(detail)); copy the file again")
        }
      }
    }
    return Int(room - stream.pointee.avail_out)
  }

  /// Passes over padding to the next member, if there is one.
  private func startNextMember() throws(TableError) {
    while true {
      if stream.pointee.avail_in == 0, try !refill() {
        isAtEnd = true
        return
      }
      guard let next = stream.pointee.next_in?.pointee, next == 0 else { break }
      // Tapes and block devices fill the last block with zeros.
      stream.pointee.next_in += 1
      stream.pointee.avail_in -= 1
    }
    guard stream.pointee.next_in?.pointee == Self.magic[0] else {
      throw TableError(
        .damaged,
        file: name,
        "something else follows the gzip data; remove it or copy the file again"
      )
    }
    guard inflateReset(stream) == Z_OK else {
      throw TableError(.damaged, file: name, "zlib cannot start the next gzip member")
    }
    isBetweenMembers = false
  }

  private func refill() throws(TableError) -> Bool {
    let count = try source.read(into: input)
    stream.pointee.next_in = input.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_in = UInt32(count)
    return count > 0
  }
}
