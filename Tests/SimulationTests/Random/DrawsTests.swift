import Testing

@testable import Simulation

@Suite("Draws")
struct DrawsTests {
  static let sampleSize = 20_000

  @Test("Samples lie below SciPy's quantiles as often as they should")
  func agreement() throws {
    let lines = try Fixture.lines("distributions.tsv")
    #expect(lines.count == 12)
    for (number, line) in lines.enumerated() {
      let cells = try line.dropFirst().map { try #require(Double($0)) }
      let (a, b) = (cells[0], cells[1])
      var random = RandomStream(seed: UInt64(number))
      let distribution: Distribution = try #require(Self.distribution(line[0], a, b))
      let sample = (0..<Self.sampleSize).map { _ in Self.draw(distribution, &random) }
      for pair in stride(from: 2, to: cells.count, by: 2) {
        let share = Double(sample.count { $0 <= cells[pair] }) / Double(Self.sampleSize)
        let probability = cells[pair + 1]
        // Four and a half standard deviations of a share.
        let tolerance = 4.5 * (probability * (1 - probability) / Double(Self.sampleSize)).squareRoot()
        #expect(abs(share - probability) <= tolerance, "\(line[0]) \(a) \(b) at \(cells[pair])")
      }
    }
  }

  static func distribution(_ name: String, _ a: Double, _ b: Double) -> Distribution? {
    let (a, b) = (Term.constant(a), Term.constant(b))
    return switch name {
    case "gamma": .gamma(shape: a, mean: b)
    case "poisson": .poisson(mean: a)
    case "normal": .normal(mean: a, deviation: b)
    case "lognormal": .lognormal(median: a, sigma: b)
    case "uniform": .uniform(low: a, high: b)
    default: nil
    }
  }

  static func draw(_ distribution: Distribution, _ random: inout RandomStream) -> Double {
    [Double]().withUnsafeBufferPointer { distribution.draw(&random, $0) }
  }

  @Test("Cases occur in proportion to their weights, and those without weight never")
  func choice() {
    var random = RandomStream(seed: 5)
    var counts = [0, 0, 0, 0]
    for _ in 0..<Self.sampleSize {
      counts[random.choice([3, 0, -7, 1]) ?? 1] += 1
    }
    #expect(counts[1] == 0 && counts[2] == 0)
    #expect(abs(Double(counts[0]) / Double(Self.sampleSize) - 0.75) < 0.014)
  }

  @Test("Log-odds are turned into chances")
  func logOdds() {
    var random = RandomStream(seed: 6)
    let sample = (0..<Self.sampleSize).map { _ in Self.draw(.logOdds(.constant(-2)), &random) }
    #expect(abs(sample.reduce(0, +) / Double(Self.sampleSize) - 0.1192) < 0.0103)
  }

  static let impossible: [Distribution] = [
    .normal(mean: .constant(0), deviation: .constant(-1)),
    .lognormal(median: .constant(1), sigma: .constant(.nan)),
    .uniform(low: .constant(.nan), high: .constant(1)),
    .gamma(shape: .constant(0), mean: .constant(1)),
    .gamma(shape: .constant(.infinity), mean: .constant(1)),
    .poisson(mean: .constant(-1)),
    .poisson(mean: .constant(501)),
    .chance(.constant(.nan)),
    .categories([.constant(0), .constant(.nan)]),
    .pointMasses([1], [.constant(-1)]),
    .mixture([.formula(.constant(1))], [.constant(0)]),
  ]

  @Test("What cannot be drawn is missing", arguments: impossible.indices)
  func missing(_ index: Int) {
    var random = RandomStream(seed: 1)
    #expect(Self.draw(Self.impossible[index], &random).isNaN)
  }

  @Test("A mixture draws each of its parts")
  func mixture() {
    let mixture = Distribution.mixture(
      [.formula(.constant(1)), .uniform(low: .constant(2), high: .constant(3))],
      [.constant(28), .constant(72)]
    )
    var random = RandomStream(seed: 8)
    let sample = (0..<Self.sampleSize).map { _ in Self.draw(mixture, &random) }
    #expect(abs(Double(sample.count { $0 == 1 }) / Double(Self.sampleSize) - 0.28) < 0.0143)
    #expect(sample.allSatisfy { $0 == 1 || ($0 > 2 && $0 < 3) })
  }
}
