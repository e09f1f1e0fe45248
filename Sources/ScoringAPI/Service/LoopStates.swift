import NIOCore

/// The state of each event loop, to be touched on that loop only.
struct LoopStates: Sendable {
  private let states: [ObjectIdentifier: NIOLoopBoundBox<LoopState>]

  init(_ context: APIContext, _ group: any EventLoopGroup) {
    var states: [ObjectIdentifier: NIOLoopBoundBox<LoopState>] = [:]
    for (index, eventLoop) in group.makeIterator().enumerated() {
      states[ObjectIdentifier(eventLoop)] = NIOLoopBoundBox.makeBoxSendingValue(
        LoopState(context, eventLoop, index: index),
        eventLoop: eventLoop
      )
    }
    self.states = states
  }

  /// The state of the loop that this runs on.
  ///
  /// - Precondition: The loop belongs to the group, and the caller runs on it.
  subscript(eventLoop: any EventLoop) -> LoopState {
    guard let state = states[ObjectIdentifier(eventLoop)] else {
      preconditionFailure("a channel of another group than the server's")
    }
    return state.value
  }

  /// Starts the ticking of all loops.
  func start(_ group: any EventLoopGroup) {
    for eventLoop in group.makeIterator() {
      guard let state = states[ObjectIdentifier(eventLoop)] else { continue }
      eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(250)) { _ in state.value.tick()
      }
    }
  }
}
