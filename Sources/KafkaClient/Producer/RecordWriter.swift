import CLibrdkafka

/// What both producers share: the client, its topics, and the way of one record into its queue.
///
/// **Ownership:** owns the client and the topic handles. **Thread:** the producer's.
final class RecordWriter {
  let client: ClientHandle
  let context: CallbackContext
  private let topics: TopicHandles
  private var sincePoll = 0

  init(
    _ role: ClientRole,
    _ properties: KafkaProperties,
    onEvent: ((KafkaEvent) -> Void)?
  ) throws(KafkaError) {
    context = CallbackContext(onEvent: onEvent)
    client = try ClientHandle.make(role, properties, context: context)
    topics = TopicHandles(client: client)
  }

  /// Records accepted but neither delivered nor failed yet.
  var outstanding: Int { unsafe Int(rd_kafka_outq_len(client.raw)) }

  /// Runs the callbacks that are due.
  func poll(timeoutMilliseconds: Int = 0) {
    sincePoll = 0
    _ = unsafe rd_kafka_poll(client.raw, clampedMilliseconds(timeoutMilliseconds))
  }

  /// Puts a record into the queue; waits while the queue is full.
  func produce(
    topic: String,
    partition: Int32?,
    key: UnsafeRawBufferPointer?,
    value: UnsafeRawBufferPointer?,
    headers: RecordHeaders,
    timestampMilliseconds: Int64?,
    queueFullTimeoutMilliseconds: Int
  ) throws(KafkaError) {
    let topicHandle = try unsafe topics.handle(of: topic)
    var nativeHeaders = unsafe makeHeaders(headers)
    // After success the headers belong to librdkafka.
    defer { if let rest = unsafe nativeHeaders { unsafe rd_kafka_headers_destroy(rest) } }
    var waited = 0
    while true {
      let result = unsafe clibrdkafka_produce(
        client.raw,
        topicHandle,
        partition ?? -1,
        key?.baseAddress,
        key.map { Int64($0.count) } ?? -1,
        value?.baseAddress,
        value.map { Int64($0.count) } ?? -1,
        timestampMilliseconds ?? 0,
        nativeHeaders
      )
      if result == RD_KAFKA_RESP_ERR_NO_ERROR { break }
      guard result == RD_KAFKA_RESP_ERR__QUEUE_FULL, waited < queueFullTimeoutMilliseconds else {
        throw client.error(result, "cannot write to topic \"\(topic)\"")
      }
      let pause = min(10, queueFullTimeoutMilliseconds - waited)
      poll(timeoutMilliseconds: pause)
      waited += pause
    }
    unsafe nativeHeaders = nil
    context.deliveries.accepted += 1
    sincePoll += 1
    if sincePoll >= 256 { poll() }
  }

  private func makeHeaders(_ headers: RecordHeaders) -> OpaquePointer? {
    guard !headers.isEmpty, let native = unsafe rd_kafka_headers_new(headers.count) else { return nil }
    unsafe headers.forEach { name, value in
      // A name must have an address even if it is empty; the length says the rest.
      let nameStart = unsafe name.baseAddress?.assumingMemoryBound(to: CChar.self)
      _ = unsafe rd_kafka_header_add(native, nameStart, name.count, value?.baseAddress, value?.count ?? 0)
    }
    return unsafe native
  }

  /// Waits until every accepted record is delivered or has failed.
  func flush(timeoutMilliseconds: Int) throws(KafkaError) {
    let result = unsafe rd_kafka_flush(client.raw, clampedMilliseconds(timeoutMilliseconds))
    guard result == RD_KAFKA_RESP_ERR_NO_ERROR else {
      throw client.error(result, "\(outstanding) records are still on their way")
    }
  }

  /// Asks the leaders of topics, so that the first record does not wait a second for it (#5032).
  func prepare(topics names: [String], timeoutMilliseconds: Int) throws(KafkaError) {
    for name in names {
      _ = unsafe try topics.handle(of: name)
      let cluster = try client.metadata(of: name, timeoutMilliseconds: timeoutMilliseconds)
      if let error = cluster.topics.first(where: { $0.name == name })?.error { throw error }
    }
  }

  /// Throws queued and unanswered records away, so that freeing the client need not wait for them.
  func purge() {
    _ = unsafe rd_kafka_purge(client.raw, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
    poll()
  }

  /// Throws that the client could not be freed, unless it could.
  static func free(_ client: consuming ClientHandle, withinMilliseconds milliseconds: Int) throws(KafkaError)
  {
    if !client.destroy(withinMilliseconds: max(100, milliseconds)) {
      throw KafkaError(code: .timedOut, message: "the producer could not be freed in time: end the process")
    }
  }
}
