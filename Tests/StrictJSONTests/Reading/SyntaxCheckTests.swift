import TestSupport
import Testing

@testable import StrictJSON

/// simdjson is the oracle of the check that explains its refusals.
@Suite struct SyntaxCheckTests {
  private static let seeds = [
    #"{"id":"é😀\n","n":[1,-2.5e-3,18446744073709551615,0.0,true,false,null],"o":{"k":"\uD83D\uDE00","l":[[],{}]}}"#,
    #"[["","\\\"",{"a":[{}]}],-0,1E5,[[1,[2,[3]]]],"\u0000\u00e9"]"#,
  ]

  @Test(
    "It refuses exactly what simdjson refuses, over 20,000 damaged documents",
    arguments: [1, 2] as [UInt64]
  )
  func agreement(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let alphabet =
      Array("{}[],:\"\\/-+.eEutrfalsn0123456789 \n\u{0}\u{1F}é😀".utf8) + [0xFF, 0xC0, 0x80, 0xED, 0xA0]
    let parser = JSONParser(limits: .document)
    for _ in 0..<10_000 {
      var text = Array(Self.seeds[Int.random(in: 0..<2, using: &random)].utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<text.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: text.remove(at: place)
        case 1: text.insert(alphabet[Int.random(in: 0..<alphabet.count, using: &random)], at: place)
        case 2: text[place] = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        default: text.swapAt(place, Int.random(in: 0..<text.count, using: &random))
        }
      }
      var code: JSONError.Code?
      do { try parser.withRoot(of: text) { _ in } } catch { code = (error as? JSONError)?.code }
      if code == .duplicateKey { code = nil }
      let checked = text.withUnsafeBytes { bytes in
        var check = SyntaxCheck(bytes, maximumDepth: 64)
        return check.refusal()
      }
      #expect(checked?.code == code, "\(String(decoding: text, as: UTF8.self))")
    }
  }

  @Test(
    "UTF-8 is well-formed exactly where the standard library says so, for all two-byte and many longer sequences"
  )
  func utf8() {
    var random = SplitMix64(seed: 9)
    func agree(_ bytes: [UInt8]) -> Bool {
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      return bytes.withUnsafeBytes { UTF8Check.firstInvalidOffset($0) == nil } == isValid
    }
    for first in UInt8.min ... .max {
      for second in UInt8.min ... .max where !agree([first, second]) { Issue.record("\(first) \(second)") }
    }
    let leads: [UInt8] = [0xE0, 0xE1, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5]
    for _ in 0..<30_000 {
      let bytes =
        [leads[Int.random(in: 0..<leads.count, using: &random)]]
        + (0..<3).map { _ in UInt8.random(in: 0x78...0xC4, using: &random) }
      #expect(agree(bytes) && agree(Array(bytes.prefix(3))))
    }
  }
}
