import Reports
import Testing

@Suite("NumberText")
struct NumberTextTests {
  @Test(
    "Short texts have four significant digits and a unit",
    arguments: [
      (0, "0"), (0.104649, "0.1046"), (-15371, "-15.37k"), (1_350_000, "1.35M"), (2.5e9, "2.5G"), (7, "7"),
      (1234, "1234"), (0.00031, "0.00031"), (2e-7, "2.00e-7"), (3e14, "3.00e14"), (.nan, "–"), (99.5, "99.5"),
    ] as [(Double, String)]
  )
  func short(_ value: Double, _ text: String) {
    #expect(NumberText.short(value) == text)
  }

  @Test("Counts are grouped, shares are percent, coordinates are short")
  func others() {
    #expect(NumberText.count(24_553) == "24,553" && NumberText.count(-1_234_567) == "-1,234,567")
    #expect(NumberText.count(0) == "0" && NumberText.count(999) == "999")
    #expect(NumberText.percent(0.07921) == "7.9 %" && NumberText.percent(.nan) == "–")
    #expect(NumberText.coordinate(12.04) == "12" && NumberText.coordinate(-0.26) == "-0.3")
    #expect(NumberText.fixed(2.5, digits: 0) == "3")
  }
}
