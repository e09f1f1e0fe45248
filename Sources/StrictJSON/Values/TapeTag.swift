/// The top byte of a word of simdjson's tape, which says what the word is.
@usableFromInline
enum TapeTag {
  @inlinable static var objectStart: UInt8 { UInt8(ascii: "{") }
  @inlinable static var objectEnd: UInt8 { UInt8(ascii: "}") }
  @inlinable static var arrayStart: UInt8 { UInt8(ascii: "[") }
  @inlinable static var arrayEnd: UInt8 { UInt8(ascii: "]") }
  @inlinable static var string: UInt8 { UInt8(ascii: "\"") }
  @inlinable static var signed: UInt8 { UInt8(ascii: "l") }
  @inlinable static var unsigned: UInt8 { UInt8(ascii: "u") }
  @inlinable static var double: UInt8 { UInt8(ascii: "d") }
  @inlinable static var yes: UInt8 { UInt8(ascii: "t") }
  @inlinable static var no: UInt8 { UInt8(ascii: "f") }
}
