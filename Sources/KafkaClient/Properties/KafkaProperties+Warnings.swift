extension KafkaProperties {
  /// Properties that a user set otherwise than the shipped defaults, and why that matters.
  ///
  /// - Parameter role: The role the properties are meant for.
  /// - Returns: One sentence per overridden default or doubtful setting, in order; secrets masked.
  public func warnings(for role: ClientRole) -> [String] {
    let defaults = Self.defaults(for: role)
    var warnings = names.compactMap { name -> String? in
      guard let ours = defaults[name], let given = self[name], given != ours, name != "client.id" else {
        return nil
      }
      return "\(name) is \(Self.shownValue(of: name, given)); the tested default is \(ours)"
    }
    if let debug = self["debug"], ["security", "all"].contains(where: debug.contains) {
      warnings.append("debug=\(debug) writes parts of the authentication exchange into the log")
    }
    return warnings
  }

  /// What is wrong with the time-outs of a consumer and a transactional producer that work together.
  ///
  /// - Parameters:
  ///   - consumer: The consumer's properties, without the defaults.
  ///   - transactionalProducer: The producer's properties, without the defaults.
  /// - Returns: One sentence per problem, saying what to change; empty if there is none.
  public static func problems(
    consumer: KafkaProperties,
    transactionalProducer: KafkaProperties
  ) -> [String] {
    let reading = defaults(for: .consumer).merging(consumer)
    let writing = defaults(for: .transactionalProducer).merging(transactionalProducer)
    guard let session = reading["session.timeout.ms"].flatMap({ Int($0) }),
      let transaction = writing["transaction.timeout.ms"].flatMap({ Int($0) }),
      transaction >= session
    else { return [] }
    return [
      "transaction.timeout.ms (\(transaction)) must be below session.timeout.ms (\(session)): otherwise a "
        + "hung commit can complete after the member was replaced, and its records appear twice"
    ]
  }

  /// Refuses what this module cannot work with, before librdkafka sees it.
  func validate(for role: ClientRole) throws(KafkaError) {
    if let strategy = self["partition.assignment.strategy"], strategy.contains("cooperative") {
      throw KafkaError(
        code: .invalidArgument,
        message: "partition.assignment.strategy=\(strategy) is not supported: set it to range or roundrobin"
      )
    }
    if let identity = self["client.id"], identity.utf8.count > 64 || !identity.utf8.allSatisfy({ $0 < 128 }) {
      throw KafkaError(
        code: .invalidArgument,
        message:
          "client.id must have at most 64 ASCII characters (librdkafka before 2.5 crashes on some others)"
      )
    }
    if role == .transactionalProducer, (self["transactional.id"] ?? "").isEmpty {
      throw KafkaError(
        code: .invalidArgument,
        message: "transactional.id is not set: give each worker one that is stable over restarts and its own"
      )
    }
  }
}
