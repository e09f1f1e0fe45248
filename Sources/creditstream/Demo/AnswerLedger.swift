import CreditEvents

/// What each published application got: the proof at the end of a run that nothing was lost or answered twice.
///
/// One byte per input offset, so that millions of events fit.
struct AnswerLedger {
  private var answersByPartition: [Int32: [UInt8]] = [:]
  private var applicationIDs: Set<String> = []
  private(set) var decisions = 0
  private(set) var deadLetters = 0
  private(set) var outcomes: [Decision.Outcome: Int] = [:]
  private(set) var rejections: [RejectionClass: Int] = [:]

  /// Every answer seen so far, second ones included.
  var answers: Int { decisions + deadLetters }

  /// How many different applications have a decision.
  var distinctApplications: Int { applicationIDs.count }

  mutating func record(_ decision: Decision) {
    decisions += 1
    outcomes[decision.outcome, default: 0] += 1
    applicationIDs.insert(decision.applicationID)
    count(decision.source)
  }

  mutating func record(_ deadLetter: DeadLetterHeaders) {
    deadLetters += 1
    rejections[deadLetter.rejection.class, default: 0] += 1
    count(deadLetter.source)
  }

  /// Compares the answers with what was published.
  ///
  /// - Parameter published: The number of records of each input partition, whose offsets start at 0.
  /// - Returns: How many were answered once, twice, or not at all.
  func verdict(published: [Int32: Int]) -> Verdict {
    var verdict = Verdict(published: published.values.reduce(0, +))
    for (partition, count) in published {
      let answers = answersByPartition[partition] ?? []
      for offset in 0..<count {
        switch offset < answers.count ? answers[offset] : 0 {
        case 0: verdict.unanswered += 1
        case 1: verdict.answeredOnce += 1
        default: verdict.answeredTwice += 1
        }
      }
      verdict.unasked += answers.dropFirst(count).filter { $0 > 0 }.count
    }
    for (partition, answers) in answersByPartition where published[partition] == nil {
      verdict.unasked += answers.filter { $0 > 0 }.count
    }
    return verdict
  }

  private mutating func count(_ source: RecordCoordinates) {
    guard let offset = Int(exactly: source.offset), offset >= 0 else { return }
    var answers = answersByPartition.removeValue(forKey: source.partition) ?? []
    if offset >= answers.count {
      answers.append(contentsOf: repeatElement(0, count: offset + 1 - answers.count))
    }
    answers[offset] = answers[offset] == .max ? .max : answers[offset] + 1
    answersByPartition[source.partition] = answers
  }

  /// The result of holding answers against what was published.
  struct Verdict: Equatable {
    var published: Int
    var answeredOnce = 0
    var unanswered = 0
    var answeredTwice = 0
    /// Answers to offsets that were never published.
    var unasked = 0

    var isClean: Bool { answeredOnce == published && unasked == 0 }
  }
}
