import KafkaClient
import Testing

@Suite("KafkaError")
struct KafkaErrorTests {
  @Test("Codes carry librdkafka's names")
  func names() {
    #expect(KafkaError.Code.timedOut.name == "_TIMED_OUT")
    #expect(KafkaError.Code.timedOut.rawValue == -185)
    #expect(KafkaError.Code.illegalGeneration.name == "ILLEGAL_GENERATION")
    #expect(KafkaError.Code.illegalGeneration.rawValue == 22)
    #expect(KafkaError.Code(rawValue: 32_000).name.contains("32000"))
  }

  @Test("Fencing is recognised in all its codes")
  func fencing() {
    let fencing: [KafkaError.Code] = [.fenced, .producerFenced, .invalidProducerEpoch, .fencedInstanceID]
    for code in fencing { #expect(KafkaError(code: code, message: "").isFenced) }
    #expect(!KafkaError(code: .illegalGeneration, message: "").isFenced)
  }

  @Test("The description names the flags that are set")
  func description() {
    let plain = KafkaError(code: .state, message: "no")
    #expect("\(plain)" == "_STATE: no")
    let flagged = KafkaError(code: .timedOut, message: "slow", isRetriable: true, requiresAbort: true)
    #expect("\(flagged)" == "_TIMED_OUT: slow [retriable, abort required]")
  }
}
