import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPCompression

/// What a connection is made of: Hummingbird accepts it and sees it to its end, requests are answered on its event loop.
struct APIChannel: ServerChildChannel {
  /// An open connection.
  struct Value: ServerChildChannelValue {
    let channel: any Channel
  }

  /// Answers shorter than this are not worth compressing.
  private static let minimumCompressedBytes = 1_024

  let loops: LoopStates
  let limits: APISettings.Limits

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      let requests = RequestHandler(loops[channel.eventLoop])
      let arrival = ArrivalHandler(requests)
      requests.use(arrival)
      try pipeline.addHandler(arrival)
      var decoding = NIOHTTPDecoderLimitConfiguration()
      decoding.maxHeaderFieldSize = limits.headerBytes
      decoding.maxHeaderListSize = limits.headerBytes
      decoding.maxHeaderFieldCount = limits.headerFields
      try pipeline.configureHTTPServerPipeline(
        withPipeliningAssistance: true,
        withErrorHandling: false,
        withOutboundHeaderValidation: true,
        withEncoderConfiguration: .init(),
        withDecoderLimitConfiguration: decoding
      )
      try pipeline.addHandler(NIOHTTPRequestDecompressor(limit: .size(limits.batchBytes)))
      try pipeline.addHandler(
        HTTPResponseCompressor(initialByteBufferCapacity: 0) { head, _ in
          let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
          return length >= Self.minimumCompressedBytes ? .compressIfPossible : .doNotCompress
        }
      )
      try pipeline.addHandler(requests)
      return Value(channel: channel)
    }
  }

  func handle(value: Value, logger: Logger) async {
    // How a connection ends is seen by its handlers; here it only has to have ended.
    try? await value.channel.closeFuture.get()
  }
}
