import CreditEvents
import Testing

@testable import Simulation

@Suite("Simulator")
struct SimulatorTests {
  /// Values with NaN made comparable.
  static func bits(_ application: Application) -> [UInt64] { application.values.map(\.bitPattern) }

  @Test("An application depends on seed and number alone")
  func pure() throws {
    let simulator = try Population.simulator()
    let again = try Population.simulator()
    let other = try Population.simulator(seed: 2)
    let forward = (0..<50).map { simulator.application($0) }
    let backward = (0..<50).reversed().map { again.application($0) }.reversed()
    var differs = 0
    for (a, b) in zip(forward, backward) {
      #expect(a.application.id == b.application.id && Self.bits(a.application) == Self.bits(b.application))
      #expect(a.outcome == b.outcome && a.eventTimeMilliseconds == b.eventTimeMilliseconds)
      if Self.bits(a.application) != Self.bits(other.application(a.index).application) { differs += 1 }
    }
    #expect(differs == 50)
  }

  @Test("The first applications are these, on every machine")
  func golden() throws {
    var source = SimulatedSource(try Population.simulator(seed: 42), rows: 0..<3)
    var values: [String] = []
    while let record = source.next() { values.append(String(decoding: record.value ?? [], as: UTF8.self)) }
    #expect(values == Self.goldenValues)
  }

  static let goldenValues = [
    #"{"id":"1000","payment":243.06,"amount":8750,"term":36,"job":"Clerk","car":"N","phone":1,"score":null}"#,
    #"{"id":"1001","payment":208.33,"amount":2500,"term":12,"job":"Clerk","car":"N","phone":1,"score":0.4154}"#,
    #"{"id":"1002","payment":null,"amount":5900,"term":12,"job":"Clerk","car":"N","phone":1,"score":0.0926}"#,
  ]

  @Test("Fields follow from each other in any order of declaration")
  func dependence() throws {
    let simulator = try Population.simulator()
    var shown = 0
    for index in 0..<500 {
      let values = simulator.application(index).application.values
      guard !values[0].isNaN else { continue }
      shown += 1
      #expect(abs(values[0] - values[1] / values[2]) <= 0.005 + 1e-9)
      #expect(values[1].truncatingRemainder(dividingBy: 50) == 0 && (500...20_000).contains(values[1]))
      #expect(values[2] == 12 || values[2] == 36)
    }
    #expect(shown > 400)
  }

  @Test("A share of a field is left out, without changing what others make of it")
  func missing() throws {
    let simulator = try Population.simulator()
    var complete = Population.declaration()
    for slot in complete.fields.indices { complete.fields[slot].declaration.missing = nil }
    let whole = try Simulator(complete, seed: 1)
    var missing = 0
    for index in 0..<2000 {
      let values = simulator.application(index).application.values
      let all = whole.application(index).application.values
      #expect(!all.contains { $0.isNaN })
      #expect(zip(values, all).allSatisfy { $0.isNaN || $0 == $1 })
      if values[6].isNaN { missing += 1 }
    }
    // Four standard deviations about 400.
    #expect((328...472).contains(missing))
  }

  @Test("A change touches only what depends on it")
  func isolation() throws {
    let before = try Population.simulator()
    var changed = Population.declaration()
    changed.fields[1].declaration.distribution = .lognormal(median: 8000, sigma: 0.7)
    changed.fields.insert(.init("new", VariableDeclaration(.normal(mean: 0, deviation: 1))), at: 3)
    let after = try Simulator(changed, seed: 1)
    for index in 0..<200 {
      let old = Self.bits(before.application(index).application)
      let new = Self.bits(after.application(index).application)
      #expect(Array(old[3...]) == Array(new[4...]) && old[2] == new[2])
      #expect(before.application(index).outcome == after.application(index).outcome)
    }
  }

  @Test("As many default as their chances say, and risk shows in the score")
  func outcomes() throws {
    let simulator = try Population.simulator()
    let applications = (0..<5000).map { simulator.application($0) }
    let expected = applications.reduce(0) { $0 + $1.probabilityOfDefault }
    let variance = applications.reduce(0) { $0 + $1.probabilityOfDefault * (1 - $1.probabilityOfDefault) }
    let defaults = Double(applications.count { $0.isDefault })
    #expect(abs(defaults - expected) < 4 * variance.squareRoot())
    func meanScore(_ isDefault: Bool) -> Double {
      let scores = applications.filter { $0.isDefault == isDefault }.map { $0.application.values[6] }
        .filter { !$0.isNaN }
      return scores.reduce(0, +) / Double(scores.count)
    }
    #expect(meanScore(false) - meanScore(true) > 0.05)
  }

  @Test("Applications arrive in order at the declared rate, outcomes after the declared days")
  func times() throws {
    let simulator = try Population.simulator()
    #expect(simulator.startMilliseconds == 1_767_600_000_000)
    var last = simulator.startMilliseconds
    for index in 0..<1000 {
      let simulated = simulator.application(index)
      #expect(simulated.eventTimeMilliseconds >= last)
      #expect(
        (index * 1000...(index + 1) * 1000).contains(
          Int(simulated.eventTimeMilliseconds - simulator.startMilliseconds)
        )
      )
      last = simulated.eventTimeMilliseconds
      let days = Double(simulated.outcome.knownAtMilliseconds - last) / 86_400_000
      #expect((1...2).contains(days))
      #expect(simulated.outcome.applicationID == simulated.application.id)
    }
    let later = try Simulator(Population.declaration(), seed: 1, startMilliseconds: 5)
    let moved = simulator.application(9).eventTimeMilliseconds - simulator.startMilliseconds
    #expect(later.application(9).eventTimeMilliseconds == moved + 5)
  }
}
