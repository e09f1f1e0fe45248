import CLibrdkafka

/// A client instance (`rd_kafka_t`) of any role.
///
/// **Ownership:** this object; ended by `rd_kafka_destroy_flags` on a helper thread, because that call may
/// hang (librdkafka #4724). Records and topics hold a reference to it, so it always goes last.
///
/// **Thread:** librdkafka's instances may be called from any thread; callbacks run on whichever thread
/// polls, so one thread at a time must own the wrapper that polls.
@safe final class ClientHandle {
  /// How long a destroy without an explicit deadline may block.
  static let defaultDestroyMilliseconds = 10_000

  let raw: OpaquePointer
  private let context: CallbackContext
  private var isDestroyed = false

  init(owning raw: OpaquePointer, context: CallbackContext) {
    unsafe self.raw = raw
    self.context = context
  }

  deinit { _ = destroy(withinMilliseconds: Self.defaultDestroyMilliseconds) }

  /// Makes a client from the defaults of a role and a user's properties.
  ///
  /// - Parameters:
  ///   - role: What the client is for.
  ///   - properties: What the user set; wins over the defaults.
  ///   - context: The receiver of the callbacks.
  /// - Returns: The owner of the new client.
  /// - Throws: ``KafkaError`` naming the property that is unknown, bad or contradictory.
  static func make(
    _ role: ClientRole,
    _ properties: KafkaProperties,
    context: CallbackContext
  ) throws(KafkaError) -> ClientHandle {
    let all = KafkaProperties.defaults(for: role).merging(properties)
    try all.validate(for: role)
    let configuration = ClientConfiguration()
    try configuration.set(all)
    configuration.install(context, for: role)
    let client = try configuration.makeClient(role, context: context)
    // Log lines then wait in the client's queue for the polling thread instead of coming from its own threads.
    if context.wantsLogs { _ = unsafe rd_kafka_set_log_queue(client.raw, nil) }
    return client
  }

  /// Destroys the client; the object must not be used afterwards.
  ///
  /// - Parameter milliseconds: How long to wait for it.
  /// - Returns: False if it still hangs; the helper thread then goes on, and the process should end itself.
  func destroy(withinMilliseconds milliseconds: Int) -> Bool {
    guard !isDestroyed else { return true }
    isDestroyed = true
    return unsafe ClientTermination.destroy(raw, context: context, withinMilliseconds: milliseconds)
  }

  /// The error that ended the client's life, nil as long as it lives.
  var fatalError: KafkaError? {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
      unsafe buffer.initialize(repeating: 0)
      guard let text = buffer.baseAddress else { return nil }
      let code = unsafe rd_kafka_fatal_error(raw, text, buffer.count)
      guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
      return unsafe KafkaError(code: .init(code), message: String(cString: text), isFatal: true)
    }
  }

  /// Whether a group knows this client as its member at this moment, as far as the client can tell.
  ///
  /// A member that missed `max.poll.interval.ms` or its session has lost its identity at once, even while the
  /// callback that will tell so is still waiting to be served.
  var isGroupMember: Bool {
    guard let identity = unsafe rd_kafka_memberid(raw) else { return false }
    defer { unsafe rd_kafka_mem_free(raw, identity) }
    return unsafe identity.pointee != 0
  }

  /// Describes a bare result code of this client: the fatal error behind it if there is one.
  func error(_ result: rd_kafka_resp_err_t, _ context: String) -> KafkaError {
    if let fatalError { return fatalError }
    return KafkaError(result: result, context)
  }
}
