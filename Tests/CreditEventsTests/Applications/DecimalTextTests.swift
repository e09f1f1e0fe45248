import TestSupport
import Testing

@testable import CreditEvents

@Suite("DecimalText")
struct DecimalTextTests {
  /// The standard library reads through the C library's strtod, which is not ours.
  @Test(
    "Random decimals are read to the bit as the C library reads them",
    arguments: [1, 2, 3, 4] as [UInt64]
  )
  func agreesWithTheLibrary(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<20_000 {
      let text = Self.randomNumber(using: &random)
      let (ours, theirs) = (withUTF8(text, DecimalText.double), Double(text))
      // Asserted only where it fails: an expectation costs more than the reading.
      if ours == nil || ours?.bitPattern != theirs?.bitPattern { Issue.record("seed \(seed): \(text)") }
    }
  }

  @Test("Every double is read back from its shortest text", arguments: [5, 6] as [UInt64])
  func readsShortestTexts(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<20_000 {
      let number = Double(bitPattern: random.next())
      guard number.isFinite else { continue }
      let back = withUTF8(number.description, DecimalText.double)
      if back != number { Issue.record("seed \(seed): \(number)") }
    }
  }

  @Test(
    "Only what RFC 8259 calls a number is a JSON number",
    arguments: [
      ("0", true), ("-0", true), ("10", true), ("-1.5", true), ("1e5", true), ("1E+05", true), ("0.0", true),
      ("01", false), ("-01", false), ("+1", false), (".5", false), ("5.", false), ("00", false),
      ("-.5", false),
    ]
  )
  func knowsJSONNumbers(_ text: String, _ isJSON: Bool) {
    #expect(withUTF8(text) { DecimalText.shape(of: $0)?.isJSON } == isJSON)
  }

  static func randomNumber(using random: inout SplitMix64) -> String {
    func digits(_ count: Int) -> String {
      String((0..<count).map { _ in Character("\(Int.random(in: 0...9, using: &random))") })
    }
    var text = ["", "-", "+"].randomElement(using: &random) ?? ""
    text += digits(Int.random(in: 1...25, using: &random))
    if Bool.random(using: &random) {
      text += "." + digits(Int.random(in: 1...25, using: &random))
    }
    if Int.random(in: 0..<3, using: &random) == 0 {
      text += (["e", "E", "e-", "e+"].randomElement(using: &random) ?? "e")
      text += String(Int.random(in: 0...330, using: &random))
    }
    return text
  }
}
