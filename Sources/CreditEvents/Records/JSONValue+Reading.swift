internal import StrictJSON

extension JSONObject {
  /// Refuses a value of another layout than this program reads.
  mutating func requireSchema(_ version: Int) throws(JSONError) {
    let schema = try required("schema")
    let found = try schema.requireInt()
    guard found == version else {
      throw schema.failure(
        .invalidValue,
        "layout \(found), but this program reads \(version): use the program that wrote it"
      )
    }
  }
}

extension JSONValue {
  /// The value of a string that must be one of a closed set of texts.
  func parsed<T>(_ parse: (String) -> T?, as what: String) throws(JSONError) -> T {
    guard let value = parse(try requireString()) else { throw failure(.invalidValue, "not \(what)") }
    return value
  }

  /// The elements of an array of strings.
  func strings() throws(JSONError) -> [String] {
    try array { element throws(JSONError) in try element.requireString() }
  }
}
