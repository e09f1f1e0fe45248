import Settings

extension APISettings: Decodable {
  private enum CodingKeys: String, CodingKey {
    case host, port, threads, instance, registry, model, limits, kafka
    case keyFile = "key_file"
    case trustedProxies = "trusted_proxies"
    case isAdminEnabled = "admin"
    case drainMilliseconds = "drain_ms"
    case shutdownMilliseconds = "shutdown_ms"
  }

  /// Decodes the settings; a key that is absent keeps its default.
  ///
  /// - Parameter decoder: Reads the file.
  /// - Throws: `DecodingError` when a value has the wrong kind.
  public init(from decoder: any Decoder) throws {
    self.init()
    let file = try decoder.container(keyedBy: CodingKeys.self)
    try file.take(.host, into: &host)
    try file.take(.port, into: &port)
    try file.take(.threads, into: &threads)
    try file.take(.instance, into: &instance)
    try file.take(.registry, into: &registry)
    model = try file.decodeIfPresent(String.self, forKey: .model)
    keyFile = try file.decodeIfPresent(String.self, forKey: .keyFile)
    try file.take(.trustedProxies, into: &trustedProxies)
    try file.take(.isAdminEnabled, into: &isAdminEnabled)
    try file.take(.limits, into: &limits)
    try file.take(.kafka, into: &kafka)
    try file.take(.drainMilliseconds, into: &drainMilliseconds)
    try file.take(.shutdownMilliseconds, into: &shutdownMilliseconds)
  }
}

extension APISettings.Limits: Decodable {
  private enum CodingKeys: String, CodingKey {
    case bodyBytes = "body_bytes"
    case batchBytes = "batch_bytes"
    case batchApplications = "batch_applications"
    case headerBytes = "header_bytes"
    case headerFields = "header_fields"
    case headerMilliseconds = "header_ms"
    case bodyMilliseconds = "body_ms"
    case idleMilliseconds = "idle_ms"
    case connections
    case requestsPerSecond = "requests_per_second"
  }

  /// Decodes the limits; a key that is absent keeps its default.
  ///
  /// - Parameter decoder: Reads the file.
  /// - Throws: `DecodingError` when a value has the wrong kind.
  public init(from decoder: any Decoder) throws {
    self.init()
    let file = try decoder.container(keyedBy: CodingKeys.self)
    try file.take(.bodyBytes, into: &bodyBytes)
    try file.take(.batchBytes, into: &batchBytes)
    try file.take(.batchApplications, into: &batchApplications)
    try file.take(.headerBytes, into: &headerBytes)
    try file.take(.headerFields, into: &headerFields)
    try file.take(.headerMilliseconds, into: &headerMilliseconds)
    try file.take(.bodyMilliseconds, into: &bodyMilliseconds)
    try file.take(.idleMilliseconds, into: &idleMilliseconds)
    try file.take(.connections, into: &connections)
    try file.take(.requestsPerSecond, into: &requestsPerSecond)
  }
}

extension APISettings.Kafka: Decodable {
  private enum CodingKeys: String, CodingKey {
    case brokers, decisions, models, properties
    case acknowledgeMilliseconds = "acknowledge_ms"
  }

  /// Decodes where decisions go; a key that is absent keeps its default.
  ///
  /// - Parameter decoder: Reads the file.
  /// - Throws: `DecodingError` when a value has the wrong kind.
  public init(from decoder: any Decoder) throws {
    self.init()
    let file = try decoder.container(keyedBy: CodingKeys.self)
    brokers = try file.decodeIfPresent(String.self, forKey: .brokers)
    try file.take(.decisions, into: &decisions)
    try file.take(.models, into: &models)
    try file.take(.acknowledgeMilliseconds, into: &acknowledgeMilliseconds)
    properties = try (file.decodeIfPresent([String: ReferencedText].self, forKey: .properties) ?? [:])
      .mapValues(\.text)
  }
}

extension KeyedDecodingContainer {
  /// Replaces a default by the file's value where the file has one.
  fileprivate func take<T: Decodable>(_ key: Key, into value: inout T) throws {
    if let found = try decodeIfPresent(T.self, forKey: key) { value = found }
  }
}
