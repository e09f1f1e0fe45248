/// A window on the bytes of a file that holds one whole record at a time.
///
/// **Ownership:** owns its memory, and frees it when it goes away.
final class RecordBuffer {
  /// The longest record; a longer one comes of a quote that is never closed, or is no CSV at all.
  static let maximumRecordBytes = 1 << 26

  private(set) var bytes: UnsafeMutablePointer<UInt8>
  /// The first byte that has not been consumed.
  private(set) var start = 0
  /// Behind the last byte that has been read.
  private(set) var end = 0
  private var capacity: Int
  private var isAtEnd = false
  private let source: any ByteSource

  init(_ source: any ByteSource, capacity: Int = 1 << 18) {
    self.source = source
    self.capacity = capacity
    bytes = .allocate(capacity: capacity)
  }

  deinit { bytes.deallocate() }

  /// The number of bytes that have been read and not consumed.
  var count: Int { end - start }

  /// Consumes bytes from the front.
  func consume(_ count: Int) { start += count }

  /// Reads more bytes behind those that are there; the ones not consumed move to the front.
  ///
  /// - Returns: False at the end of the file.
  /// - Throws: ``TableError`` when reading fails.
  func refill() throws(TableError) -> Bool {
    if isAtEnd { return false }
    if start > 0 {
      bytes.update(from: bytes + start, count: count)
      end -= start
      start = 0
    }
    if end == capacity { grow() }
    let room = UnsafeMutableRawBufferPointer(start: bytes + end, count: capacity - end)
    let count = try source.read(into: room)
    end += count
    isAtEnd = count == 0
    return !isAtEnd
  }

  private func grow() {
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
    larger.update(from: bytes, count: end)
    bytes.deallocate()
    bytes = larger
    capacity *= 2
  }
}
