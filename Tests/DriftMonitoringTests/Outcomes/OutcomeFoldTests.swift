import CreditEvents
import DriftDetection
import ModelRegistry
import TestSupport
import Testing

@testable import DriftMonitoring

@Suite("OutcomeFold")
struct OutcomeFoldTests {
  private static let day: Int64 = 86_400_000
  private static let start: Int64 = 20_010 * day
  private static let reference = Result { () throws -> DriftReference in
    var reference = try Population.reference(rows: 3_000)
    reference = try DriftReference(
      of: reference.watched,
      references: reference.profile.features,
      groups: reference.groups,
      performance: .init(
        rows: 3_000,
        defaultRate: 0.2,
        meanProbability: 0.2,
        areaUnderROC: 0.76,
        brierScore: 0.14,
        costPerApplication: 0.5
      )
    )
    return reference
  }

  /// Clients whose true probability is told, in cohorts of thirty days.
  private struct Client {
    var id: String
    var time: Int64
    var probability: Double
    var defaulted: Bool
  }

  /// As many clients in each of some cohorts; `truth` makes the true probability of what the model says.
  private static func clients(
    _ count: Int,
    cohorts: Int,
    seed: UInt64,
    truth: (Int, Double) -> Double = { _, probability in probability },
    said: (Int, Double) -> Double = { _, probability in probability }
  ) -> [Client] {
    var random = SplitMix64(seed: seed)
    func uniform() -> Double { Double(random.next() >> 11) * 0x1p-53 }
    return (0..<count * cohorts).map { index in
      let cohort = index / count
      // Risks crowd at the low end: an area of about 0.77.
      let risk = 0.02 + 0.78 * uniform() * uniform() * uniform()
      return Client(
        id: "c\(index)",
        time: start + Int64(cohort) * 30 * day + Int64(index % count) * (30 * day / Int64(count)),
        probability: said(cohort, risk),
        defaulted: uniform() < truth(cohort, risk)
      )
    }
  }

  private static func decision(_ client: Client) -> Decision {
    let source = RecordCoordinates(topic: "t", partition: 0, offset: 0)
    return Decision(
      decisionID: DecisionID(source: source, applicationID: client.id),
      applicationID: client.id,
      outcome: client.probability > 0.4 ? .decline : .approve,
      probabilityOfDefault: client.probability,
      margin: 0,
      points: 0,
      thresholds: .init(referFrom: 0.4, declineFrom: 0.4, costRatio: 5),
      base: 0,
      other: 0,
      model: Population.model,
      pipeline: PipelineIdentity(name: "loans", version: 1),
      policyVersion: 1,
      source: source
    )
  }

  private static func fold(_ clients: [Client], maturityDays: Int64 = 90) throws -> (
    OutcomeFold, [DriftAlert]
  ) {
    var rules = MonitorRules(tolerance: try DriftTolerance())
    rules.maturityDays = maturityDays
    var fold = OutcomeFold(rules)
    for client in clients {
      fold.note(decision(client), at: client.time)
      fold.note(
        LoanOutcome(
          applicationID: client.id,
          outcome: client.defaulted ? .defaulted : .repaid,
          knownAtMilliseconds: client.time + maturityDays * day
        )
      )
    }
    // The next cohort begins, and so the last one's maturity passes.
    let end = LoanOutcome(
      applicationID: "last",
      outcome: .repaid,
      knownAtMilliseconds: start + 1_000 * day
    )
    fold.note(end)
    let alerts = fold.judge { _ in try reference.get() }
    return (fold, alerts)
  }

  @Test("The figures of a cohort are those of its pairs, its defaults and its costs")
  func figures() throws {
    let rows = [(0.1, false), (0.4, true), (0.4, false), (0.8, true), (0.3, true), (0.2, false)]
    let figures = PerformanceFigures(
      rows.map {
        .init(
          time: 0,
          probability: $0.0,
          outcome: $0.0 > 0.5 ? .decline : .approve,
          costRatio: 5,
          hasDefaulted: $0.1
        )
      }
    )
    var (pairs, ordered) = (0.0, 0.0)
    var (promisedPairs, promised) = (0.0, 0.0)
    for (one, oneDefaulted) in rows {
      for (other, otherDefaulted) in rows {
        let order = one > other ? 1 : one == other ? 0.5 : 0
        if oneDefaulted, !otherDefaulted {
          pairs += 1
          ordered += order
        }
        promisedPairs += one * (1 - other)
        promised += one * (1 - other) * order
      }
    }
    #expect(figures.realisedArea == ordered / pairs)
    #expect((figures.promisedArea - promised / promisedPairs).magnitude < 1e-12)
    #expect(figures.estimatedArea == figures.promisedArea)
    #expect(figures.outcomes == 6 && figures.defaults == 3)
    #expect((figures.costPerApplication - 10.0 / 6).magnitude < 1e-12)
    #expect((figures.promisedCost - (0.2 + 5 * 1.4) / 6).magnitude < 1e-12)
    let brier = rows.reduce(0) { $0 + ($1.0 - ($1.1 ? 1 : 0)) * ($1.0 - ($1.1 ? 1 : 0)) } / 6
    #expect((figures.brierScore - brier).magnitude < 1e-12)
  }

  @Test("The standard error of an area is that of Hanley and McNeil")
  func standardError() {
    // Of 109 images, 51 abnormal: an area of 0.893 has an error of 0.032 (their table II).
    let error = PerformanceFigures.standardError(0.893, positives: 51, negatives: 58)
    #expect((error - 0.032).magnitude < 0.0006)
  }

  @Test("A model that keeps its promise raises no alert; what it was worth is told by cohort")
  func kept() throws {
    let (fold, alerts) = try Self.fold(Self.clients(2_500, cohorts: 4, seed: 51))
    #expect(alerts.isEmpty)
    #expect(fold.judgements.count == 4)
    for judgement in fold.judgements {
      let figures = judgement.figures
      #expect(figures.decisions == 2_500 && figures.outcomes == 2_500)
      #expect((figures.realisedArea - figures.promisedArea).magnitude < 0.04)
      #expect((figures.defaultRate - figures.meanProbability).magnitude < 0.03)
    }
  }

  @Test(
    "What leads to default changes: ranks and calibration fail, seen at maturity, not before, and asks for a refit"
  )
  func conceptDrift() throws {
    let clients = Self.clients(2_500, cohorts: 4, seed: 52) { cohort, risk in
      cohort == 1 || cohort == 2 ? 0.3 : risk
    }
    let (_, alerts) = try Self.fold(clients)
    #expect(alerts.map(\.kind) == [.performance, .performance, .performance])
    #expect(alerts.map(\.change) == [.opened, .ongoing, .closed])
    #expect(alerts[0].requestsRefit && !alerts[2].requestsRefit)
    #expect(Set(alerts.map(\.alertID)).count == 1)
    #expect((alerts[0].evidence.value ?? 1) < (alerts[0].evidence.expected ?? 0))
    #expect(alerts.map(\.position) == alerts.map(\.window.toMilliseconds))
  }

  @Test("A downturn: more default than were expected, though the order is right")
  func downturn() throws {
    let clients = Self.clients(2_500, cohorts: 2, seed: 53) { cohort, risk in
      cohort == 1 ? min(0.95, 1.6 * risk) : risk
    }
    let (_, alerts) = try Self.fold(clients)
    #expect(alerts.map(\.change) == [.opened])
    #expect((alerts[0].evidence.value ?? 0) > 1.3 * (alerts[0].evidence.expected ?? 1))
  }

  @Test("Before any outcome, probabilities that crowd together promise a smaller area")
  func estimated() throws {
    let clients = Self.clients(2_500, cohorts: 3, seed: 54) { _, risk in
      risk
    } said: { cohort, risk in
      cohort == 1 ? 0.2 + risk / 10 : risk
    }
    var fold = OutcomeFold(MonitorRules(tolerance: try DriftTolerance()))
    for client in clients { fold.note(Self.decision(client), at: client.time) }
    let alerts = fold.judge { _ in try Self.reference.get() }
    #expect(alerts.map(\.kind) == [.estimatedPerformance])
    #expect(alerts.map(\.change) == [.opened])
    #expect(fold.judgements.isEmpty)
    #expect(fold.judge { _ in try Self.reference.get() }.isEmpty)
  }

  @Test(
    "Outcomes may come before their decisions, twice, or for nobody; a cohort is not judged before its maturity"
  )
  func joining() throws {
    var clients = Self.clients(1_500, cohorts: 1, seed: 55)
    clients.append(Client(id: "next", time: Self.start + 31 * Self.day, probability: 0.1, defaulted: false))
    var join = OutcomeJoin(cohortDays: 30, maturityDays: 90)
    for client in clients {
      for defaulted in [!client.defaulted, client.defaulted] {
        let known = client.time + 10 * Self.day
        join.note(
          LoanOutcome(
            applicationID: client.id,
            outcome: defaulted ? .defaulted : .repaid,
            knownAtMilliseconds: known
          )
        )
      }
      join.note(LoanOutcome(applicationID: client.id + "?", outcome: .repaid, knownAtMilliseconds: 0))
      join.note(Self.decision(client), at: client.time)
    }
    #expect(join.complete().map(\.figures.decisions) == [1_500])
    #expect(join.mature().isEmpty)
    join.note(
      LoanOutcome(
        applicationID: "late",
        outcome: .repaid,
        knownAtMilliseconds: Self.start + 120 * Self.day
      )
    )
    let mature = join.mature()
    #expect(mature.map(\.figures.outcomes) == [1_500])
    #expect(mature.first?.figures.defaults == clients.count { $0.defaulted })
    for (cohort, _) in mature { join.forget(cohort) }
    #expect(join.mature().isEmpty)
  }
}
