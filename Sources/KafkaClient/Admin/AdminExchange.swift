import CLibrdkafka

/// One admin request and the queue on which its answer arrives.
///
/// **Ownership:** this value; freed by `rd_kafka_AdminOptions_destroy` and `rd_kafka_queue_destroy`.
/// **Thread:** one at a time.
@safe struct AdminExchange: ~Copyable {
  let options: OpaquePointer
  let queue: OpaquePointer
  private let waitMilliseconds: Int32
  /// A queue must go before its client.
  private let client: ClientHandle

  private init(owning options: OpaquePointer, _ queue: OpaquePointer, _ wait: Int32, _ client: ClientHandle) {
    unsafe self.options = options
    unsafe self.queue = queue
    waitMilliseconds = wait
    self.client = client
  }

  deinit {
    unsafe rd_kafka_AdminOptions_destroy(options)
    unsafe rd_kafka_queue_destroy(queue)
  }

  init(
    _ client: ClientHandle,
    _ operation: rd_kafka_admin_op_t,
    timeoutMilliseconds: Int
  ) throws(KafkaError) {
    guard let options = unsafe rd_kafka_AdminOptions_new(client.raw, operation),
      let queue = unsafe rd_kafka_queue_new(client.raw)
    else { throw KafkaError(code: .state, message: "an admin request could not be made") }
    let milliseconds = max(1, clampedMilliseconds(timeoutMilliseconds))
    // librdkafka's own range; the wait below is a little longer, so that its answer comes first.
    let bounded = min(milliseconds, 3_600_000)
    _ = unsafe rd_kafka_AdminOptions_set_request_timeout(options, bounded, nil, 0)
    _ = unsafe rd_kafka_AdminOptions_set_operation_timeout(options, bounded, nil, 0)
    unsafe self.init(owning: options, queue, bounded + 1_000, client)
  }

  /// Waits for the answer.
  func wait() throws(KafkaError) -> AdminEvent {
    guard let raw = unsafe rd_kafka_queue_poll(queue, waitMilliseconds) else {
      throw KafkaError(code: .timedOut, message: "the cluster did not answer in time", isRetriable: true)
    }
    let event = unsafe AdminEvent(owning: raw)
    let result = unsafe rd_kafka_event_error(event.raw)
    if result != RD_KAFKA_RESP_ERR_NO_ERROR {
      throw unsafe KafkaError(
        code: .init(result),
        message: String(cString: rd_kafka_event_error_string(event.raw)),
        isRetriable: KafkaError.Code.temporary.contains(.init(result))
      )
    }
    return event
  }
}

/// The answer to an admin request (`rd_kafka_event_t`).
///
/// **Ownership:** this value; freed by `rd_kafka_event_destroy`, with all results read from it.
/// **Thread:** one at a time.
@safe struct AdminEvent: ~Copyable {
  let raw: OpaquePointer

  init(owning raw: OpaquePointer) {
    unsafe self.raw = raw
  }

  deinit { unsafe rd_kafka_event_destroy(raw) }
}
