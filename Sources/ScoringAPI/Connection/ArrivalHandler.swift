import NIOCore

/// Stands before the HTTP decoder: sees the first byte of a head, and can still write when there is no request to answer.
final class ArrivalHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private static let quietTime = TimeAmount.milliseconds(400)

  private let requests: RequestHandler
  private var context: ChannelHandlerContext?

  init(_ requests: RequestHandler) { self.requests = requests }

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    requests.bytesArrived()
    context.fireChannelRead(data)
  }

  /// Holds back the call to close for as long as a request may still be under way on a connection that looks idle; whatever
  /// arrives meanwhile is answered, and its answer closes the connection.
  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
    context.eventLoop.assumeIsolated().scheduleTask(in: Self.quietTime) {
      self.context?.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
  }

  /// Writes a whole response past the encoder.
  func write(_ bytes: ByteBuffer) {
    context?.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
  }
}
