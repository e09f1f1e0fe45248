import Settings

extension MonitorSettings: Decodable {
  private enum CodingKeys: String, CodingKey {
    case brokers, registry, topics, drift, flow, outcomes, kafka
  }

  /// Decodes the settings; a key that is absent keeps its default.
  ///
  /// - Parameter decoder: Reads the file.
  /// - Throws: `DecodingError` when a value has the wrong kind.
  public init(from decoder: any Decoder) throws {
    self.init()
    let file = try decoder.container(keyedBy: CodingKeys.self)
    try file.take(.brokers, into: &brokers)
    try file.take(.registry, into: &registry)
    try file.take(.topics, into: &topics)
    try file.take(.drift, into: &drift)
    try file.take(.flow, into: &flow)
    try file.take(.outcomes, into: &outcomes)
    let properties = try file.decodeIfPresent([String: ReferencedText].self, forKey: .kafka) ?? [:]
    kafka = properties.mapValues(\.text)
  }
}

extension MonitorSettings.Topics: Decodable {
  private enum CodingKeys: String, CodingKey {
    case partials, alerts, decisions, outcomes
  }

  /// Decodes the topics' names; a key that is absent keeps its default.
  ///
  /// - Parameter decoder: Reads the file.
  /// - Throws: `DecodingError` when a value has the wrong kind.
  public init(from decoder: any Decoder) throws {
    self.init()
    let file = try decoder.container(keyedBy: CodingKeys.self)
    try file.take(.partials, into: &partials)
    try file.take(.alerts, into: &alerts)
    try file.take(.decisions, into: &decisions)
    try file.take(.outcomes, into: &outcomes)
  }
}

extension MonitorSettings.Drift: Decodable {
  private enum CodingKeys: String, CodingKey {
    case toleratedStability = "tolerated_psi"
    case patienceEvents = "patience_events"
    case stepEvents = "step_events"
    case graceBlocks = "grace_blocks"
    case retainedBlocks = "retained_blocks"
    case evidenceEvents = "evidence_events"
    case closingSteps = "closing_steps"
    case coolDownSteps = "cool_down_steps"
    case reminderSteps = "reminder_steps"
  }

  /// Decodes what is tolerated; a key that is absent keeps its default.
  ///
  /// - Parameter decoder: Reads the file.
  /// - Throws: `DecodingError` when a value has the wrong kind.
  public init(from decoder: any Decoder) throws {
    self.init()
    let file = try decoder.container(keyedBy: CodingKeys.self)
    try file.take(.toleratedStability, into: &toleratedStability)
    try file.take(.patienceEvents, into: &patienceEvents)
    try file.take(.stepEvents, into: &stepEvents)
    try file.take(.graceBlocks, into: &graceBlocks)
    try file.take(.retainedBlocks, into: &retainedBlocks)
    try file.take(.evidenceEvents, into: &evidenceEvents)
    try file.take(.closingSteps, into: &closingSteps)
    try file.take(.coolDownSteps, into: &coolDownSteps)
    try file.take(.reminderSteps, into: &reminderSteps)
  }
}

extension MonitorSettings.Flow: Decodable {
  private enum CodingKeys: String, CodingKey {
    case volumeHours = "volume_hours"
    case volumeShare = "volume_share"
    case volumeMinimum = "volume_minimum"
    case lagMilliseconds = "lag_ms"
  }

  /// Decodes when the flow is an alert; a key that is absent keeps its default.
  ///
  /// - Parameter decoder: Reads the file.
  /// - Throws: `DecodingError` when a value has the wrong kind.
  public init(from decoder: any Decoder) throws {
    self.init()
    let file = try decoder.container(keyedBy: CodingKeys.self)
    try file.take(.volumeHours, into: &volumeHours)
    try file.take(.volumeShare, into: &volumeShare)
    try file.take(.volumeMinimum, into: &volumeMinimum)
    try file.take(.lagMilliseconds, into: &lagMilliseconds)
  }
}

extension MonitorSettings.Outcomes: Decodable {
  private enum CodingKeys: String, CodingKey {
    case cohortDays = "cohort_days"
    case maturityDays = "maturity_days"
    case minimumOutcomes = "minimum_outcomes"
  }

  /// Decodes when outcomes are judged; a key that is absent keeps its default.
  ///
  /// - Parameter decoder: Reads the file.
  /// - Throws: `DecodingError` when a value has the wrong kind.
  public init(from decoder: any Decoder) throws {
    self.init()
    let file = try decoder.container(keyedBy: CodingKeys.self)
    try file.take(.cohortDays, into: &cohortDays)
    try file.take(.maturityDays, into: &maturityDays)
    try file.take(.minimumOutcomes, into: &minimumOutcomes)
  }
}

extension KeyedDecodingContainer {
  /// Replaces a default by the file's value where the file has one.
  fileprivate func take<T: Decodable>(_ key: Key, into value: inout T) throws {
    if let found = try decodeIfPresent(T.self, forKey: key) { value = found }
  }
}
