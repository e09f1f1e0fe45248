import StrictJSON
import TestSupport
import Testing

@Suite struct DuplicateKeyTests {
  @Test("One repeated key among many is found wherever it stands")
  func everywhere() {
    let keys = (0..<200).map { "field_\($0)" }
    for (first, second) in [(0, 199), (0, 1), (198, 199), (57, 130)] {
      var repeated = keys
      repeated[second] = keys[first]
      let text = "{" + repeated.map { "\"\($0)\":[{\"a\":1}]" }.joined(separator: ",") + "}"
      let error = refusal(of: text, limits: .event)
      #expect(error?.code == .duplicateKey)
      #expect(error?.path == "$.field_\(first)")
    }
  }

  @Test("Keys are compared by their bytes, at every length and difference")
  func nearMisses() {
    for length in 0..<40 {
      let base = String(repeating: "x", count: length)
      #expect(refusal(of: "{\"\(base)\":1,\"\(base)\":2}")?.code == .duplicateKey)
      #expect(refusal(of: "{\"\(base)\":1,\"\(base)y\":2}") == nil)
      for position in 0..<length {
        var other = Array(base)
        other[position] = "y"
        #expect(refusal(of: "{\"\(base)\":1,\"\(String(other))\":2}") == nil)
      }
    }
  }

  @Test("The table of keys forgets the document before")
  func reuse() throws {
    let parser = JSONParser(limits: .document)
    var random = SplitMix64(seed: 4)
    for round in 0..<300 {
      let count = Int.random(in: 0..<(round % 50 == 0 ? 3000 : 40), using: &random)
      let isRepeated = count > 1 && Bool.random(using: &random)
      var keys = (0..<count).map { "k\($0 &* 2_654_435_761 % 100_003)" }
      if isRepeated { keys[count - 1] = keys[Int.random(in: 0..<count - 1, using: &random)] }
      let text = "[{\"k0\":1},{" + keys.map { "\"\($0)\":0" }.joined(separator: ",") + "},{\"k0\":1}]"
      var refused = false
      do { try parser.withRoot(of: Array(text.utf8)) { _ in } } catch { refused = true }
      #expect(refused == isRepeated, "round \(round)")
    }
  }
}
