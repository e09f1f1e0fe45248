import CLibrdkafka
internal import StrictJSON

/// Where librdkafka's callbacks arrive; the `opaque` of a client.
///
/// **Ownership:** retained by the client's ``ClientHandle`` until the client is destroyed.
///
/// **Thread:** every callback installed here is served by `poll`, `flush`, `commit` and the like, on the
/// calling thread ("callbacks are called from rd_kafka_poll()"); none runs on librdkafka's own threads.
@safe final class CallbackContext {
  typealias Rebalance = (rd_kafka_resp_err_t, UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?) -> Void

  var onEvent: ((KafkaEvent) -> Void)?
  var onRebalance: Rebalance?
  var deliveries = DeliveryAccount()
  let wantsLogs: Bool
  private var statisticsParser: JSONParser?

  init(onEvent: ((KafkaEvent) -> Void)?) {
    self.onEvent = onEvent
    wantsLogs = onEvent != nil
  }

  /// Installs the callbacks that a role needs.
  func install(on configuration: OpaquePointer, for role: ClientRole) {
    unsafe rd_kafka_conf_set_opaque(configuration, Unmanaged.passUnretained(self).toOpaque())
    unsafe rd_kafka_conf_set_error_cb(configuration) { _, code, text, opaque in
      unsafe CallbackContext.from(opaque)?.clientError(rd_kafka_resp_err_t(code), text)
    }
    unsafe rd_kafka_conf_set_stats_cb(configuration) { _, json, length, opaque in
      unsafe CallbackContext.from(opaque)?.statistics(UnsafeRawBufferPointer(start: json, count: length))
      return 0  // The text stays librdkafka's.
    }
    if wantsLogs {
      unsafe rd_kafka_conf_set(configuration, "log.queue", "true", nil, 0)
      unsafe rd_kafka_conf_set_log_cb(configuration) { client, level, facility, text in
        guard let client = unsafe client else { return }
        unsafe CallbackContext.from(rd_kafka_opaque(client))?.log(level, facility, text)
      }
    } else {
      unsafe rd_kafka_conf_set_log_cb(configuration, nil)
    }
    switch role {
    case .consumer:
      unsafe rd_kafka_conf_set_rebalance_cb(configuration) { _, result, partitions, opaque in
        unsafe CallbackContext.from(opaque)?.onRebalance?(result, partitions)
      }
    case .producer, .transactionalProducer:
      unsafe rd_kafka_conf_set_dr_msg_cb(configuration) { _, message, opaque in
        guard let message = unsafe message, unsafe message.pointee.err != RD_KAFKA_RESP_ERR_NO_ERROR else {
          return
        }
        unsafe CallbackContext.from(opaque)?.deliveries.recordFailure(of: message)
      }
    case .admin: break
    }
  }

  private static func from(_ opaque: UnsafeMutableRawPointer?) -> CallbackContext? {
    guard let opaque = unsafe opaque else { return nil }
    return unsafe Unmanaged<CallbackContext>.fromOpaque(opaque).takeUnretainedValue()
  }

  private func clientError(
    _ code: rd_kafka_resp_err_t,
    _ text: UnsafePointer<CChar>?
  ) {
    let reason = unsafe text.map { unsafe String(cString: $0) } ?? ""
    onEvent?(
      .error(
        KafkaError(
          code: .init(code),
          message: reason,
          isFatal: code == RD_KAFKA_RESP_ERR__FATAL,
          isRetriable: KafkaError.Code.temporary.contains(.init(code))
        )
      )
    )
  }

  private func log(_ level: Int32, _ facility: UnsafePointer<CChar>?, _ text: UnsafePointer<CChar>?) {
    guard let onEvent else { return }
    let facility = unsafe facility.map { unsafe String(cString: $0) } ?? ""
    let text = unsafe text.map { unsafe String(cString: $0) } ?? ""
    onEvent(.log(KafkaLogEntry(severity: Int(level), facility: facility, message: text)))
  }

  private func statistics(_ json: UnsafeRawBufferPointer) {
    guard let onEvent else { return }
    let parser = statisticsParser ?? JSONParser(limits: KafkaStatistics.limits)
    statisticsParser = parser
    do {
      onEvent(.statistics(try unsafe parser.withRoot(of: json) { try KafkaStatistics($0) }))
    } catch {
      onEvent(.error(KafkaError(code: .badMessage, message: "librdkafka's statistics: \(error)")))
    }
  }
}
