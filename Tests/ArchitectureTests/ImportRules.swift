/// Which of our modules and packages each target may import: the architecture, as a table.
///
/// The C modules are reachable from their wrapper only, the domain does no I/O, no logging and knows no
/// clock, services never import each other. A target that is not in the table fails the test.
enum ImportRules {
  struct Rule {
    var ours: Set<String>
    var packages: Set<String> = []
  }

  static let domain: Set<String> = [
    "CreditEvents", "FeaturePipeline", "TreeEnsemble", "CreditScoring", "DriftDetection",
  ]
  static let foundations: Set<String> = ["Tables", "ModelRegistry", "Telemetry", "Settings", "Reports"]
  static let services: Set<String> = [
    "ScoringStream", "DriftMonitoring", "DriftComparison", "ScoringAPI", "ModelTraining", "Simulation",
    "Operations",
  ]
  static let service = domain.union(foundations).union(["StrictJSON", "KafkaClient"])

  static let rules: [String: Rule] = [
    "CLibrdkafka": Rule(ours: []),
    "CXGBoost": Rule(ours: []),
    "CZlib": Rule(ours: []),
    "CSimdjsonSystem": Rule(ours: []),
    "CSimdjson": Rule(ours: []),
    "StrictJSON": Rule(ours: ["CSimdjson"]),
    "KafkaClient": Rule(ours: ["CLibrdkafka", "StrictJSON"]),
    "XGBoost": Rule(ours: ["CXGBoost"]),
    "CreditEvents": Rule(ours: ["StrictJSON"]),
    "FeaturePipeline": Rule(ours: ["CreditEvents", "StrictJSON"]),
    "TreeEnsemble": Rule(ours: ["StrictJSON"]),
    "CreditScoring": Rule(ours: ["CreditEvents", "FeaturePipeline", "StrictJSON", "TreeEnsemble"]),
    "DriftDetection": Rule(ours: ["FeaturePipeline", "StrictJSON"]),
    "Tables": Rule(ours: ["CZlib", "CreditEvents", "FeaturePipeline"]),
    "ModelRegistry": Rule(ours: domain.union(["StrictJSON"]), packages: ["Crypto"]),
    "Telemetry": Rule(ours: ["StrictJSON"], packages: ["Logging", "Metrics", "CoreMetrics"]),
    "Settings": Rule(ours: [], packages: ["Yams"]),
    "Reports": Rule(ours: domain),
    "ScoringStream": Rule(
      ours: service,
      packages: ["Crypto", "Logging", "Metrics", "ServiceLifecycle", "UnixSignals"]
    ),
    "DriftMonitoring": Rule(ours: service, packages: ["Logging", "Metrics", "ServiceLifecycle"]),
    "DriftComparison": Rule(ours: service),
    "ScoringAPI": Rule(
      ours: service,
      packages: [
        "HummingbirdCore", "NIOCore", "NIOHTTP1", "NIOHTTPCompression", "NIOPosix", "Crypto", "Logging",
        "ServiceLifecycle",
      ]
    ),
    "ModelTraining": Rule(ours: service.union(["XGBoost"]), packages: ["Logging", "Crypto"]),
    "Simulation": Rule(ours: service, packages: ["Logging"]),
    "Operations": Rule(ours: service, packages: ["Logging", "ServiceLifecycle"]),
    "Fuzzing": Rule(ours: ["TreeEnsemble"]),
    // XGBoost only to be measured beside (`bench trees`).
    "creditstream": Rule(
      ours: service.union(services).union(["XGBoost"]),
      packages: ["ArgumentParser", "Crypto", "Logging", "Metrics", "ServiceLifecycle", "UnixSignals"]
    ),
  ]

  /// What comes with the toolchain.
  ///
  /// The domain gets less of it: nothing that reads a file or a clock.
  static let standardLibrary: Set<String> = ["Swift", "Synchronization"]
  static let system: Set<String> = standardLibrary.union([
    "Foundation", "FoundationEssentials", "Glibc", "Darwin", "Dispatch",
  ])
}
