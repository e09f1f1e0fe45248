import CLibrdkafka

/// An `rd_kafka_conf_t` until a client takes it over.
///
/// **Ownership:** this value; freed by `rd_kafka_conf_destroy` unless ``makeClient(_:context:)`` succeeded
/// ("rd_kafka_new() ... the conf object is freed" only "on success").
///
/// **Thread:** one at a time.
@safe struct ClientConfiguration: ~Copyable {
  private let raw: OpaquePointer

  init() {
    unsafe raw = rd_kafka_conf_new()
  }

  deinit { unsafe rd_kafka_conf_destroy(raw) }

  /// Sets every property, or says which name or value librdkafka refuses.
  ///
  /// - Parameter properties: Names and values as in librdkafka's `CONFIGURATION.md`.
  /// - Throws: ``KafkaError`` naming the property; a secret's value is never in it.
  func set(_ properties: KafkaProperties) throws(KafkaError) {
    for name in properties.names {
      guard let value = properties[name] else { continue }
      let (result, reason) = unsafe withErrorText { text, size in
        unsafe rd_kafka_conf_set(raw, name, value, text, size)
      }
      switch result {
      case RD_KAFKA_CONF_OK: continue
      case RD_KAFKA_CONF_UNKNOWN:
        throw KafkaError(
          code: .invalidArgument,
          message: "unknown Kafka property \"\(name)\": check the spelling in librdkafka's "
            + "CONFIGURATION.md for version \(librdkafkaVersion)"
        )
      default:
        let shown = KafkaProperties.shownValue(of: name, value)
        let detail = KafkaProperties.isSecret(name) ? "" : ": \(reason)"
        throw KafkaError(
          code: .invalidArgument,
          message: "bad value for the Kafka property \"\(name)\" (\(shown))\(detail)"
        )
      }
    }
  }

  /// Installs the callbacks; `context` must live until the client has been destroyed.
  func install(_ context: CallbackContext, for role: ClientRole) {
    unsafe context.install(on: raw, for: role)
  }

  /// Makes the client and gives it this configuration.
  ///
  /// - Parameters:
  ///   - role: Decides between a consuming and a producing client.
  ///   - context: The receiver of the callbacks, kept alive by the client.
  /// - Returns: The owner of the new client.
  /// - Throws: ``KafkaError`` when properties contradict each other.
  consuming func makeClient(
    _ role: ClientRole,
    context: CallbackContext
  ) throws(KafkaError) -> ClientHandle {
    let (client, reason) = unsafe withErrorText { text, size in
      unsafe rd_kafka_new(role.libraryType, raw, text, size)
    }
    guard let client = unsafe client else {
      throw KafkaError(code: .invalidArgument, message: "cannot make a Kafka \(role.rawValue): \(reason)")
    }
    relinquish()
    return unsafe ClientHandle(owning: client, context: context)
  }

  private consuming func relinquish() { discard self }
}

/// The version of the librdkafka in use, such as `2.0.2`.
public var librdkafkaVersion: String { unsafe String(cString: rd_kafka_version_str()) }

/// Runs a C call that may fill a text buffer with its reason for failing.
func withErrorText<R>(
  _ body: (UnsafeMutablePointer<CChar>, Int) -> R
) -> (R, reason: String) {
  unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
    unsafe buffer.initialize(repeating: 0)
    guard let text = buffer.baseAddress else { preconditionFailure("a buffer of 512 bytes has an address") }
    let result = unsafe body(text, buffer.count)
    return unsafe (result, String(cString: text))
  }
}
