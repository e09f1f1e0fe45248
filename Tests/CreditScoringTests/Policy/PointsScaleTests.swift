import CreditScoring
import Testing

@Suite("PointsScale")
struct PointsScaleTests {
  static let samples: [(Double, Int)] = [
    (1 / 51, 600), (1 / 101, 620), (1 / 26, 580), (0.5, 487), (0.02, 599), (0.1, 551), (0.25, 519),
    (0.9, 424),
  ]

  @Test(
    "Points follow the odds: twice the odds, twenty points more",
    arguments: samples
  )
  func standardScale(_ probability: Double, _ points: Int) {
    #expect(PointsScale.standard.points(probability: probability) == points)
  }

  @Test("Certainty has a finite price, and more risk never more points")
  func monotone() {
    var probabilities: [Double] = [0, 1e-9, 1e-6, 1 - 1e-6, 1 - 1e-9, 1]
    probabilities += (1..<1000).map { Double($0) / 1000 }
    probabilities.sort()
    let points = probabilities.map { PointsScale.standard.points(probability: $0) }
    #expect(zip(points, points.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(points.first == 886 && points.last == 88)
    #expect(points[0] == points[2])
  }

  @Test("Halves round away from zero")
  func rounding() {
    // At even odds the points are the base points themselves.
    let halves: [(Double, Int)] = [(0.5, 1), (-0.5, -1), (1.5, 2), (2.5, 3)]
    for (base, points) in halves {
      let scale = PointsScale(basePoints: base, baseOdds: 1, pointsToDoubleTheOdds: 20)
      #expect(scale.points(probability: 0.5) == points)
    }
  }
}
