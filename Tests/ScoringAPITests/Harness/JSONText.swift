import Foundation

/// A JSON text as Foundation reads it: an outside view of what we wrote.
struct JSONText {
  let value: Any?

  init(_ text: String) {
    value = try? JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
  }

  private init(value: Any?) { self.value = value }

  subscript(key: String) -> JSONText { JSONText(value: (value as? [String: Any])?[key]) }

  subscript(index: Int) -> JSONText {
    let list = value as? [Any] ?? []
    return JSONText(value: index < list.count ? list[index] : nil)
  }

  var string: String? { value as? String }
  var number: Double? { (value as? NSNumber)?.doubleValue }
  var count: Int { (value as? [Any])?.count ?? 0 }
}
