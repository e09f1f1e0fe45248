public import Foundation
public import Logging
internal import StrictJSON

/// Writes each log line as one JSON object, for whatever collects logs.
///
/// `{"time":"…","level":"info","message":"…","request_id":"…"}`: metadata are members of the object, keys in ascending
/// order.
public struct JSONLogHandler: LogHandler {
  /// Metadata of every line.
  public var metadata: Logger.Metadata = [:]
  /// What is below is not written.
  public var logLevel: Logger.Level = .info
  private let write: @Sendable ([UInt8]) -> Void
  private static let reserved: Set<String> = ["time", "level", "message"]

  /// A handler that writes lines to standard error, or wherever it is told.
  ///
  /// - Parameter write: Receives each line with its line feed, whole; called from any thread.
  public init(
    write: @escaping @Sendable ([UInt8]) -> Void = { line in FileHandle.standardError.write(Data(line)) }
  ) {
    self.write = write
  }

  /// Metadata of every line, by key.
  ///
  /// - Parameter key: The key.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Writes one line.
  ///
  /// - Parameter event: What happened.
  public func log(event: LogEvent) {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("time", Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
    writer.member("level", event.level.rawValue)
    writer.member("message", event.message.description)
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) where !Self.reserved.contains(key) {
      writer.member(key, value.description)
    }
    writer.endObject()
    write(writer.bytes + [UInt8(ascii: "\n")])
  }
}
