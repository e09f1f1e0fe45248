import Testing

@testable import TreeEnsemble

@Suite("GaussLegendre")
struct GaussLegendreTests {
  @Test("n points integrate every monomial up to degree 2n - 1", arguments: 1...32)
  func exactness(count: Int) {
    let rule = GaussLegendre.rules(upTo: count)[count]
    #expect(rule.points.count == count)
    #expect(rule.points == rule.points.sorted())
    for degree in 0..<(2 * count) {
      var sum = 0.0
      for (point, weight) in zip(rule.points, rule.weights) {
        sum += weight * (0..<degree).reduce(1.0) { power, _ in power * point }
      }
      #expect(abs(sum - 1 / Double(degree + 1)) < 1e-14)
    }
  }

  @Test("Small rules have their closed forms")
  func closedForms() {
    let rules = GaussLegendre.rules(upTo: 3)
    #expect(rules[0] == GaussLegendre(points: [], weights: []))
    #expect(rules[1] == GaussLegendre(points: [0.5], weights: [1]))
    let offset = (3.0 / 20).squareRoot()
    for (point, expected) in zip(rules[3].points, [0.5 - offset, 0.5, 0.5 + offset]) {
      #expect(abs(point - expected) < 1e-15)
    }
    for (weight, expected) in zip(rules[3].weights, [5.0 / 18, 8.0 / 18, 5.0 / 18]) {
      #expect(abs(weight - expected) < 1e-15)
    }
  }
}
