import Testing

@testable import ScoringStream

@Suite("OffsetNote")
struct OffsetNoteTests {
  @Test(
    "Every note reads back as it was written",
    arguments: [
      OffsetNote(), OffsetNote(model: 0), OffsetNote(model: 17, attempts: 2, limit: 1, until: 4_711),
      OffsetNote(attempts: 1, limit: 8, until: .max),
    ]
  )
  func roundTrip(note: OffsetNote) {
    #expect(OffsetNote(text: note.text) == note)
  }

  @Test("The text is what operators see in the group's description")
  func text() {
    let note = OffsetNote(model: 17, attempts: 2, limit: 1, until: 4_711)
    #expect(note.text == "creditstream/1 model=17 attempts=2 limit=1 until=4711")
    #expect(OffsetNote().text == "")
  }

  @Test(
    "Text of other tools counts as no note",
    arguments: [
      "", "hello", "creditstream/2 model=1", "creditstream/1", "creditstream/1 model=x attempts=-1 limit",
      "\u{0}",
    ]
  )
  func foreign(text: String) {
    #expect(OffsetNote(text: text) == OffsetNote())
  }

  @Test("Passing the suspect's place ends the suspicion, not the model")
  func advance() {
    let note = OffsetNote(model: 3, attempts: 2, limit: 1, until: 10)
    #expect(note.advanced(to: 9) == OffsetNote(model: 3, attempts: 0, limit: 1, until: 10))
    #expect(note.advanced(to: 10) == OffsetNote(model: 3))
  }
}
