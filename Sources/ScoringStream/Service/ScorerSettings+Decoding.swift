import CreditScoring
import Settings

extension ScorerSettings: Decodable {
  private enum CodingKeys: String, CodingKey {
    case application, instance, brokers, group, topics, workers, batch, registry, reasons, delivery
    case deadLetterLimit = "dead_letter_limit"
    case shutdownMilliseconds = "shutdown_ms"
    case watchdogMilliseconds = "watchdog_ms"
    case kafka
  }

  /// Decodes the settings; a key that is absent keeps its default.
  ///
  /// - Parameter decoder: Reads the file.
  /// - Throws: `DecodingError` when a value has the wrong kind.
  public init(from decoder: any Decoder) throws {
    self.init()
    let file = try decoder.container(keyedBy: CodingKeys.self)
    try file.take(.application, into: &application)
    try file.take(.instance, into: &instance)
    try file.take(.brokers, into: &brokers)
    group = try file.decodeIfPresent(String.self, forKey: .group)
    try file.take(.topics, into: &topics)
    try file.take(.workers, into: &workers)
    try file.take(.batch, into: &batch)
    try file.take(.registry, into: &registry)
    reasons = try file.decodeIfPresent(String.self, forKey: .reasons).map { text in
      guard let mode = ReasonsMode(rawValue: text) else {
        let modes = ReasonsMode.allCases.map(\.rawValue).joined(separator: ", ")
        throw DecodingError.dataCorruptedError(
          forKey: .reasons,
          in: file,
          debugDescription: "is none of \(modes)"
        )
      }
      return mode
    }
    try file.take(.delivery, into: &delivery)
    try file.take(.deadLetterLimit, into: &deadLetterLimit)
    try file.take(.shutdownMilliseconds, into: &shutdownMilliseconds)
    try file.take(.watchdogMilliseconds, into: &watchdogMilliseconds)
    let properties = try file.decodeIfPresent([String: ReferencedText].self, forKey: .kafka) ?? [:]
    kafka = properties.mapValues(\.text)
  }
}

extension ScorerSettings.Batch: Decodable {
  private enum CodingKeys: String, CodingKey {
    case minimumRecords = "minimum_records"
    case maximumRecords = "maximum_records"
    case maximumMebibytes = "maximum_mib"
    case intervalMilliseconds = "interval_ms"
    case lingerMilliseconds = "linger_ms"
  }

  /// Decodes the bounds of a batch; a key that is absent keeps its default.
  ///
  /// - Parameter decoder: Reads the file.
  /// - Throws: `DecodingError` when a value has the wrong kind.
  public init(from decoder: any Decoder) throws {
    self.init()
    let file = try decoder.container(keyedBy: CodingKeys.self)
    try file.take(.minimumRecords, into: &minimumRecords)
    try file.take(.maximumRecords, into: &maximumRecords)
    try file.take(.maximumMebibytes, into: &maximumMebibytes)
    try file.take(.intervalMilliseconds, into: &intervalMilliseconds)
    try file.take(.lingerMilliseconds, into: &lingerMilliseconds)
  }
}

extension ScorerSettings.DeadLetterLimit: Decodable {
  private enum CodingKeys: String, CodingKey {
    case share
    case windowRecords = "window_records"
  }

  /// Decodes the limit; a key that is absent keeps its default.
  ///
  /// - Parameter decoder: Reads the file.
  /// - Throws: `DecodingError` when a value has the wrong kind.
  public init(from decoder: any Decoder) throws {
    self.init()
    let file = try decoder.container(keyedBy: CodingKeys.self)
    try file.take(.share, into: &share)
    try file.take(.windowRecords, into: &windowRecords)
  }
}

extension ScorerTopics: Decodable {
  private enum CodingKeys: String, CodingKey {
    case applications, decisions, models
    case deadLetters = "dead_letters"
    case partials = "drift_partials"
  }

  /// Decodes the topics' names; a key that is absent keeps its default.
  ///
  /// - Parameter decoder: Reads the file.
  /// - Throws: `DecodingError` when a value has the wrong kind.
  public init(from decoder: any Decoder) throws {
    self.init()
    let file = try decoder.container(keyedBy: CodingKeys.self)
    try file.take(.applications, into: &applications)
    try file.take(.decisions, into: &decisions)
    try file.take(.deadLetters, into: &deadLetters)
    try file.take(.partials, into: &partials)
    try file.take(.models, into: &models)
  }
}

extension KeyedDecodingContainer {
  /// Replaces a default by the file's value where the file has one.
  fileprivate func take<T: Decodable>(_ key: Key, into value: inout T) throws {
    if let found = try decodeIfPresent(T.self, forKey: key) { value = found }
  }
}
