import StrictJSON

/// The refusal of a document, or nil when it is accepted.
func refusal(of bytes: [UInt8], limits: JSONLimits = .document) -> JSONError? {
  do {
    try JSONParser(limits: limits).withRoot(of: bytes) { _ in }
    return nil
  } catch {
    return error as? JSONError
  }
}

func refusal(of text: String, limits: JSONLimits = .document) -> JSONError? {
  refusal(of: Array(text.utf8), limits: limits)
}

/// The refusal that `body` meets when it reads a document that parses.
func refusal(of text: String, reading body: (JSONValue) throws -> Void) -> JSONError? {
  do {
    try JSONParser(limits: .document).withRoot(of: Array(text.utf8), body)
    return nil
  } catch {
    return error as? JSONError
  }
}

func bytes(hex: some StringProtocol) -> [UInt8] {
  let digits = hex.utf8.map { UInt8(Character(Unicode.Scalar($0)).hexDigitValue ?? 0) }
  return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}

func hex(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
