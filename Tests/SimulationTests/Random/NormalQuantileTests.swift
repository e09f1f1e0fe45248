import Testing

@testable import Simulation

@Suite("NormalQuantile")
struct NormalQuantileTests {
  @Test("Quantiles agree with mpmath in all three regions")
  func agreement() throws {
    let lines = try Fixture.lines("normal_quantiles.tsv")
    #expect(lines.count == 23)
    for line in lines {
      let probability = try #require(Double(line[0]))
      let expected = try #require(Double(line[1]))
      let quantile = NormalQuantile.value(probability)
      #expect(abs(quantile - expected) <= 1e-15 * max(1, abs(expected)), "at \(probability)")
    }
  }

  @Test("The ends are infinite and the middle is zero")
  func ends() {
    #expect(NormalQuantile.value(0) == -.infinity)
    #expect(NormalQuantile.value(1) == .infinity)
    #expect(NormalQuantile.value(0.5) == 0)
  }

  @Test("It rises, also where one rational function follows another")
  func rises() {
    for border in [0.075, 0.925, 1.3887943864964e-11] {
      var last = -Double.infinity
      var probability = border * (1 - 1e-9)
      for _ in 0..<200 {
        let quantile = NormalQuantile.value(probability)
        #expect(quantile >= last)
        last = quantile
        probability += border * 1e-11
      }
    }
  }
}
