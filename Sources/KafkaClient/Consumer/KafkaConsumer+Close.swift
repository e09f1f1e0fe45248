import CLibrdkafka

extension KafkaConsumer {
  /// Leaves the group, runs the rebalance handler for what is revoked, and frees the client.
  ///
  /// Commit or abort first: librdkafka before 2.14 may crash when the coordinator is gone during the close.
  /// Records that still live keep the client's memory until they are released.
  ///
  /// - Parameter deadlineMilliseconds: How long all of it may take.
  /// - Throws: ``KafkaError`` with ``KafkaError/Code/timedOut`` when the client could not be freed in time (it
  ///   may hang for ever after a broker restart): end the process by `_exit`, without running destructors.
  public func close(deadlineMilliseconds: Int = 10_000) throws(KafkaError) {
    guard client != nil else { return }
    let clock = ContinuousClock()
    let deadline = clock.now + .milliseconds(deadlineMilliseconds)
    leaveGroup(until: deadline, clock)
    context.onEvent = nil
    unsafe context.onRebalance = nil
    onRebalance = nil
    assigned = AssignedPartitions()
    paused.removeAll()
    guard isKnownUniquelyReferenced(&client), let client else {
      self.client = nil
      return
    }
    self.client = nil
    let remaining = max(100, Int((deadline - clock.now) / .milliseconds(1)))
    if !client.destroy(withinMilliseconds: remaining) {
      throw KafkaError(
        code: .timedOut,
        message: "the consumer could not be freed within \(deadlineMilliseconds) ms: end the process"
      )
    }
  }

  /// Serves the closing consumer's queue, not longer than allowed; `rd_kafka_consumer_close` has no time-out.
  private func leaveGroup(until deadline: ContinuousClock.Instant, _ clock: ContinuousClock) {
    guard let client, let queue = unsafe rd_kafka_queue_new(client.raw) else { return }
    defer { unsafe rd_kafka_queue_destroy(queue) }
    if let error = unsafe rd_kafka_consumer_close_queue(client.raw, queue) {
      // A fatal error came before: the library skips the orderly part by itself.
      unsafe rd_kafka_error_destroy(error)
      return
    }
    while unsafe rd_kafka_consumer_closed(client.raw) == 0, clock.now < deadline {
      if let message = unsafe rd_kafka_consume_queue(queue, 20) { unsafe rd_kafka_message_destroy(message) }
    }
  }
}
