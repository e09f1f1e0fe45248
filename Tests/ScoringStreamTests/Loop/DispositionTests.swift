import Testing

@testable import ScoringStream

@Suite("Disposition: what is done about each failure")
struct DispositionTests {
  static let transactional: [LoopEffect] = [
    .begin, .answer(BatchPlan(recordCount: 1, models: [0: 0])), .sendOffsets([:]), .commit,
  ]

  @Test(
    "Fenced, denied and lost input end the worker with their own codes, whatever was being done",
    arguments: [
      LoopEffect.initialiseProducer, .begin, .commit, .abort, .poll(milliseconds: 1), .readCommitted([0]),
    ]
  )
  func endings(call: LoopEffect) {
    #expect(Disposition.of(.fenced, during: call, budgetLeft: true) == .exit(.fenced))
    #expect(Disposition.of(.denied, during: call, budgetLeft: true) == .exit(.denied))
    #expect(Disposition.of(.inputLost, during: call, budgetLeft: true) == .exit(.inputLost))
  }

  @Test("In a transaction: the same call, abort, or a new producer", arguments: transactional)
  func transaction(call: LoopEffect) {
    #expect(Disposition.of(.retriable, during: call, budgetLeft: true) == .again)
    #expect(Disposition.of(.retriable, during: call, budgetLeft: false) == .recreateProducer)
    #expect(Disposition.of(.requiresAbort, during: call, budgetLeft: true) == .abort)
    #expect(Disposition.of(.fatal, during: call, budgetLeft: true) == .recreateProducer)
    #expect(Disposition.of(.indefinite, during: call, budgetLeft: true) == .recreateProducer)
  }

  @Test("An abort that fails is never followed by anything on the same producer")
  func abort() {
    #expect(Disposition.of(.retriable, during: .abort, budgetLeft: true) == .again)
    for kind in [CallFailure.Kind.requiresAbort, .fatal, .indefinite] {
      #expect(Disposition.of(kind, during: .abort, budgetLeft: true) == .recreateProducer)
    }
  }

  @Test("A poll that fails in passing is no reason to do anything")
  func poll() {
    for kind in [CallFailure.Kind.retriable, .requiresAbort, .indefinite] {
      #expect(Disposition.of(kind, during: .poll(milliseconds: 1), budgetLeft: true) == .proceed)
    }
    #expect(
      Disposition.of(.fatal, during: .poll(milliseconds: 1), budgetLeft: true) == .exit(.internalFailure)
    )
  }
}
