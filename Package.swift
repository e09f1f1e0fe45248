// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: Swift 6 mode, explicit existentials and imports, warnings as errors.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

/// The wrappers of C libraries also mark each unsafe expression.
let boundary = strict + [.strictMemorySafety()]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let hummingbird = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let nioCompression = Target.Dependency.product(name: "NIOHTTPCompression", package: "swift-nio-extras")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let cLibraries: [Target] = [
  .systemLibrary(name: "CLibrdkafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
  .systemLibrary(name: "CXGBoost", pkgConfig: "xgboost", providers: [.apt(["libxgboost-dev"])]),
  .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
  .systemLibrary(name: "CSimdjsonSystem", pkgConfig: "simdjson", providers: [.apt(["libsimdjson-dev"])]),
  .target(name: "CSimdjson", dependencies: ["CSimdjsonSystem"]),
]

let boundaries: [Target] = [
  .target(name: "StrictJSON", dependencies: ["CSimdjson"], swiftSettings: strict),
  .target(name: "KafkaClient", dependencies: ["CLibrdkafka", "StrictJSON"], swiftSettings: boundary),
  .target(name: "XGBoost", dependencies: ["CXGBoost"], swiftSettings: boundary),
]

let domain: [Target] = [
  .target(name: "CreditEvents", dependencies: ["StrictJSON"], swiftSettings: strict),
  .target(name: "FeaturePipeline", dependencies: ["CreditEvents", "StrictJSON"], swiftSettings: strict),
  .target(name: "TreeEnsemble", dependencies: ["StrictJSON"], swiftSettings: strict),
  .target(
    name: "CreditScoring",
    dependencies: ["CreditEvents", "FeaturePipeline", "StrictJSON", "TreeEnsemble"],
    swiftSettings: strict
  ),
  .target(name: "DriftDetection", dependencies: ["FeaturePipeline", "StrictJSON"], swiftSettings: strict),
]

let foundations: [Target] = [
  .target(name: "Tables", dependencies: ["CZlib", "CreditEvents", "FeaturePipeline"], swiftSettings: strict),
  .target(
    name: "ModelRegistry",
    dependencies: [
      "CreditEvents", "CreditScoring", "DriftDetection", "FeaturePipeline", "StrictJSON", "TreeEnsemble",
      crypto,
    ],
    swiftSettings: strict
  ),
  .target(name: "Telemetry", dependencies: ["StrictJSON", logging, metrics], swiftSettings: strict),
  .target(name: "Settings", dependencies: [yams], swiftSettings: strict),
  .target(name: "Reports", dependencies: ["DriftDetection"], swiftSettings: strict),
]

let services: [Target] = [
  .target(
    name: "ScoringStream",
    dependencies: [
      "CreditEvents", "CreditScoring", "DriftDetection", "KafkaClient", "ModelRegistry", "Settings",
      "StrictJSON",
      "Telemetry", crypto, lifecycle, logging, metrics,
    ],
    swiftSettings: strict
  ),
  .target(
    name: "DriftMonitoring",
    dependencies: [
      "CreditEvents", "DriftDetection", "KafkaClient", "ModelRegistry", "Settings", "StrictJSON", "Telemetry",
      lifecycle, logging,
    ],
    swiftSettings: strict
  ),
  .target(
    name: "ScoringAPI",
    dependencies: [
      "CreditEvents", "CreditScoring", "FeaturePipeline", "KafkaClient", "ModelRegistry", "Settings",
      "StrictJSON",
      "Telemetry", crypto, hummingbird, lifecycle, logging, nioCompression, nioCore, nioHTTP1, nioPosix,
    ],
    resources: [
      .embedInCode("Resources/docs.css"), .embedInCode("Resources/docs.html"),
      .embedInCode("Resources/docs.js"),
      .embedInCode("Resources/openapi.yaml"),
    ],
    swiftSettings: strict
  ),
  .target(
    name: "ModelTraining",
    dependencies: [
      "CreditEvents", "CreditScoring", "DriftDetection", "FeaturePipeline", "KafkaClient", "ModelRegistry",
      "Reports",
      "Settings",
      "StrictJSON",
      "Tables", "TreeEnsemble", "XGBoost", logging,
    ],
    swiftSettings: strict
  ),
  .target(
    name: "DriftComparison",
    dependencies: [
      "CreditEvents", "CreditScoring", "DriftDetection", "FeaturePipeline", "Tables", "TreeEnsemble",
    ],
    swiftSettings: strict
  ),
  .target(
    name: "Simulation",
    dependencies: [
      "CreditEvents", "DriftDetection", "FeaturePipeline", "KafkaClient", "Settings", "StrictJSON", "Tables",
      logging,
    ],
    swiftSettings: strict
  ),
]

let programs: [Target] = [
  .executableTarget(
    name: "creditstream",
    dependencies: [
      "CreditEvents", "CreditScoring", "DriftComparison", "DriftDetection", "DriftMonitoring",
      "FeaturePipeline",
      "KafkaClient", "ModelRegistry", "ModelTraining", "Reports", "ScoringAPI", "ScoringStream", "Settings",
      "Simulation", "StrictJSON", "Tables", "Telemetry",
      "TreeEnsemble", "XGBoost", crypto,
      argumentParser, lifecycle, logging, metrics, signals,
    ],
    swiftSettings: strict
  )
]

let ours = cLibraries + boundaries + domain + foundations + services + programs

/// What tests hold results against, beyond what their target may import.
let oracles: [String: [Target.Dependency]] = [
  "DriftMonitoring": ["CreditScoring", "FeaturePipeline", "ScoringStream"],
  "FeaturePipeline": ["Settings", "Tables"],
  "Reports": [crypto],
  "Tables": ["Settings", "StrictJSON"],
  "TreeEnsemble": ["XGBoost"],
]

/// One test target per target with logic; they see everything, so that a test can compose what it needs.
let tests: [Target] =
  (boundaries + domain + foundations + services).map { target in
    .testTarget(
      name: target.name + "Tests",
      dependencies: [.target(name: target.name), "TestSupport"] + target.dependencies
        + oracles[target.name, default: []],
      swiftSettings: strict
    )
  } + [
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "ArchitectureTests", dependencies: ["TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "creditstream", "CreditEvents", "KafkaClient", "ScoringStream", "StrictJSON", "TestSupport",
      ],
      swiftSettings: strict
    ),
  ]

let package = Package(
  name: "creditstream",
  products: [.executable(name: "creditstream", targets: ["creditstream"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: ours + tests
)

/// `BENCHMARKS=1` adds what `swift package benchmark` runs; ordinary builds neither fetch nor build its package.
if Context.environment["BENCHMARKS"] != nil {
  package.dependencies.append(
    .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: [])
  )
  package.targets.append(
    .executableTarget(
      name: "TreeBenchmarks",
      dependencies: ["TreeEnsemble", .product(name: "Benchmark", package: "benchmark")],
      path: "Sources/Benchmarks/TreeBenchmarks",
      // Not the strict ones: the plugin generates a part of the program.
      swiftSettings: [.swiftLanguageMode(.v6)],
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]
    )
  )
}

/// `FUZZERS=1` adds the fuzzers, and the instrumentation that they follow to the modules they try.
if Context.environment["FUZZERS"] != nil {
  let instrumented: [SwiftSetting] = [.unsafeFlags(["-sanitize=fuzzer"])]
  for target in package.targets where ["StrictJSON", "TreeEnsemble"].contains(target.name) {
    target.swiftSettings = target.swiftSettings.map { $0 + instrumented }
  }
  package.targets.append(
    .executableTarget(
      name: "ModelFileFuzzer",
      dependencies: ["TreeEnsemble"],
      path: "Sources/Fuzzing/ModelFileFuzzer",
      swiftSettings: strict + instrumented,
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]
    )
  )
}
