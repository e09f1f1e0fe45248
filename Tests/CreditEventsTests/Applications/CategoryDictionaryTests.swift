import CreditEvents
import TestSupport
import Testing

@Suite("CategoryDictionary")
struct CategoryDictionaryTests {
  @Test("Codes are the order of the categories")
  func codesAreIndices() {
    let dictionary = CategoryDictionary(["", "b", "a", "b"])
    #expect(dictionary.categories == ["", "b", "a"])
    #expect(dictionary.code(of: "") == 0)
    #expect(dictionary.code(of: "a") == 2)
    #expect(dictionary.code(of: "c") == nil)
    #expect(CategoryDictionary().code(of: "") == nil)
  }

  @Test("Texts are told apart by their bytes, not by how Unicode composes them")
  func bytesDecide() {
    let dictionary = CategoryDictionary(["é", "e\u{301}"])
    #expect(dictionary.count == 2)
    #expect(dictionary.code(of: "e\u{301}") == 1)
  }

  /// A plain array is the oracle of the open addressing.
  @Test("Thousands of similar texts keep their codes", arguments: [1, 2] as [UInt64])
  func manyTexts(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var dictionary = CategoryDictionary()
    var texts: [String] = []
    for index in 0..<3000 {
      let text = String(repeating: "x", count: Int.random(in: 0...20, using: &random)) + "\(index)"
      texts.append(text)
      #expect(withUTF8(text) { dictionary.intern(utf8: $0) } == index)
    }
    for (index, text) in texts.enumerated() {
      #expect(dictionary.code(of: text) == index, "seed \(seed)")
      #expect(dictionary.code(of: text + "?") == nil, "seed \(seed)")
    }
    #expect(dictionary == CategoryDictionary(texts))
  }
}
