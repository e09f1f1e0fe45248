import Testing

@testable import Simulation

@Suite("CompiledVariable")
struct CompiledVariableTests {
  static func value(
    _ value: Double,
    curve: Curve? = nil,
    roundTo: Double? = nil,
    clamp: ClosedRange<Double>? = nil
  ) -> Double {
    let variable = CompiledVariable(
      slot: 0,
      source: 1,
      distribution: .formula(.constant(value)),
      curve: curve,
      roundTo: roundTo,
      clamp: clamp,
      missing: .constant(0)
    )
    return [Double]().withUnsafeBufferPointer { variable.draw(0, $0).value }
  }

  @Test(
    "A value is rounded to the double that its digits mean",
    arguments: [
      (0.30000000000000004, 0.1, 0.3), (123.456789, 0.0001, 123.4568), (7, 4.5, 9), (2.2, 4.5, 0),
      (-15_750.6, 1, -15_751), (0.5, 0.3, 0.6), (104, 50, 100),
    ]
  )
  func rounding(value: Double, step: Double, expected: Double) {
    #expect(Self.value(value, roundTo: step) == expected)
  }

  @Test(
    "A curve is linear between its points and constant beyond them",
    arguments: [(-9, 10), (0, 10), (0.5, 15), (1, 20), (2, 20), (2.75, 31.25), (3, 35), (9, 35)]
  )
  func curve(x: Double, y: Double) {
    let curve = Curve(points: [(0, 10), (1, 20), (2, 20), (3, 35)])
    #expect(curve.value(x) == y)
    #expect(Self.value(x, curve: curve) == y)
  }

  @Test("Values are rounded first and clamped then; nothing becomes minus zero or infinite")
  func clamping() {
    #expect(Self.value(99.7, roundTo: 5, clamp: 0...98) == 98)
    #expect(Self.value(-3, clamp: 0...98) == 0)
    #expect(Self.value(-0.2, roundTo: 1).sign == .plus)
    #expect(Self.value(.infinity).isNaN)
    #expect(Self.value(.nan, clamp: 0...1).isNaN)
  }
}
