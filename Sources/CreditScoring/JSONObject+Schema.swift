internal import StrictJSON

extension JSONObject {
  /// Refuses a file of another layout than this program reads.
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
