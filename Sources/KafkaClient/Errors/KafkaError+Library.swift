import CLibrdkafka

extension KafkaError {
  /// Reads an `rd_kafka_error_t` and destroys it, so that no caller can leak one.
  init(consuming error: OpaquePointer) {
    defer { unsafe rd_kafka_error_destroy(error) }
    unsafe self.init(
      code: Code(rd_kafka_error_code(error)),
      message: String(cString: rd_kafka_error_string(error)),
      isFatal: rd_kafka_error_is_fatal(error) != 0,
      isRetriable: rd_kafka_error_is_retriable(error) != 0,
      requiresAbort: rd_kafka_error_txn_requires_abort(error) != 0
    )
  }

  /// Describes a bare result code; retriable if the code names a condition that passes by itself.
  ///
  /// - Parameters:
  ///   - result: Any code but "no error".
  ///   - context: What was being done, for the message.
  init(result: rd_kafka_resp_err_t, _ context: String) {
    let code = Code(result)
    self.init(
      code: code,
      message: unsafe "\(context): \(String(cString: rd_kafka_err2str(result)))",
      isRetriable: Code.temporary.contains(code)
    )
  }

  /// Throws what an `rd_kafka_error_t` returned by a call says, if the call returned one.
  static func check(_ error: OpaquePointer?) throws(KafkaError) {
    guard let error = unsafe error else { return }
    throw unsafe KafkaError(consuming: error)
  }

  /// Throws what a result code says, unless it says success.
  ///
  /// - Parameters:
  ///   - result: What a call returned.
  ///   - context: What was being done, for the message.
  /// - Throws: ``KafkaError`` for any code but "no error".
  static func check(_ result: rd_kafka_resp_err_t, _ context: String) throws(KafkaError) {
    guard result == RD_KAFKA_RESP_ERR_NO_ERROR else { throw KafkaError(result: result, context) }
  }
}
