import KafkaClient
import Testing

@Suite("KafkaProperties")
struct KafkaPropertiesTests {
  @Test("Keep their order, and the later of two values")
  func order() {
    var properties: KafkaProperties = ["b": "1", "a": "2"]
    properties["b"] = "3"
    properties["c"] = "4"
    properties["a"] = nil
    #expect(properties.names == ["b", "c"])
    #expect(properties["b"] == "3")
    #expect(properties.merging(["c": "5", "d": "6"]).names == ["b", "c", "d"])
    #expect(properties.merging(["c": "5"])["c"] == "5")
  }

  @Test(
    "Mask secrets",
    arguments: [
      ("sasl.password", true), ("sasl.username", true), ("ssl.key.pem", true), ("ssl_key", true),
      ("ssl.key.password", true), ("ssl.keystore.password", true), ("sasl.oauthbearer.client.secret", true),
      ("sasl.oauthbearer.config", true), ("sasl.some.future.property", true), ("my.secret", true),
      ("ssl.ca.location", false), ("sasl.mechanism", false), ("bootstrap.servers", false),
      ("group.id", false),
    ]
  )
  func secrets(name: String, isSecret: Bool) {
    #expect(KafkaProperties.isSecret(name) == isSecret)
    var properties = KafkaProperties()
    properties[name] = "canary-4711"
    var dumped = ""
    dump(properties, to: &dumped)
    for text in ["\(properties)", String(reflecting: properties), dumped] {
      #expect(text.contains("canary-4711") == !isSecret)
      #expect(text.contains(name))
    }
  }

  @Test("An unknown property is refused by name", arguments: ClientRole.allCases)
  func unknownProperty(role: ClientRole) {
    let error = makeError(role, ["linger.mss": "5"])
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.contains("\"linger.mss\"") == true)
    #expect(error?.message.contains("CONFIGURATION.md") == true)
  }

  @Test("A bad value is refused by name and value")
  func badValue() {
    let error = makeError(.consumer, ["session.timeout.ms": "soon"])
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.contains("\"session.timeout.ms\" (soon)") == true)
  }

  @Test(
    "A bad value of a secret property is refused without showing it",
    arguments: [
      // Refused when it is set, and when the client is made.
      ["sasl.kerberos.min.time.before.relogin": "canary-4711"] as KafkaProperties,
      ["security.protocol": "ssl", "ssl.key.pem": "canary-4711"],
    ]
  )
  func badSecret(properties: KafkaProperties) {
    let error = makeError(.producer, properties)
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.isEmpty == false)
    #expect(error?.message.contains("canary") == false)
  }

  @Test("Properties that contradict each other are refused when the client is made")
  func contradiction() {
    let error = makeError(.consumer, ["session.timeout.ms": "90000"])
    #expect(error?.code == .invalidArgument)
    #expect(error?.message.contains("session.timeout.ms") == true)
  }

  @Test("A transactional producer needs its id")
  func transactionalID() {
    let error = kafkaError { () throws(KafkaError) in try TransactionalProducer([:]) }
    #expect(error?.message.contains("transactional.id") == true)
  }

  @Test("The cooperative assignor is refused")
  func cooperative() {
    let error = makeError(.consumer, ["partition.assignment.strategy": "cooperative-sticky"])
    #expect(error?.message.contains("partition.assignment.strategy=cooperative-sticky") == true)
  }

  @Test(
    "A client id that crashes librdkafka is refused",
    arguments: [String(repeating: "x", count: 65), "é"]
  )
  func clientID(identity: String) {
    #expect(makeError(.producer, ["client.id": identity])?.message.contains("client.id") == true)
  }

  @Test("Overriding a shipped default is told, in words")
  func warnings() {
    let consumer: KafkaProperties = ["check.crcs": "false", "group.id": "g", "client.id": "me"]
    #expect(consumer.warnings(for: .consumer) == ["check.crcs is false; the tested default is true"])
    let debug: KafkaProperties = ["debug": "security,broker"]
    #expect(debug.warnings(for: .producer).count == 1)
  }

  @Test("A transaction must time out before its group member does")
  func timeouts() {
    #expect(KafkaProperties.problems(consumer: [:], transactionalProducer: [:]).isEmpty)
    let problems = KafkaProperties.problems(
      consumer: ["session.timeout.ms": "15000"],
      transactionalProducer: [:]
    )
    #expect(problems.count == 1)
    #expect(problems.first?.contains("session.timeout.ms (15000)") == true)
  }

  private func makeError(_ role: ClientRole, _ properties: KafkaProperties) -> KafkaError? {
    kafkaError { () throws(KafkaError) in
      switch role {
      case .consumer: _ = try KafkaConsumer(properties)
      case .producer: _ = try KafkaProducer(properties)
      case .transactionalProducer:
        _ = try TransactionalProducer(properties.merging(["transactional.id": "properties"]))
      case .admin: _ = try KafkaAdmin(properties)
      }
    }
  }
}
