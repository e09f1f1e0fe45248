/// Reads an object whose keys are all known: ask for each member, then ``finish()``.
///
/// ```swift
/// var object = try root.object()
/// let name = try object.required("name").requireString()
/// let note = try object.optional("note")?.requireString()
/// try object.finish()
/// ```
///
/// Asking in the order of the text costs one comparison each. As short-lived as ``JSONValue``.
public struct JSONObject {
  /// The object itself.
  public let value: JSONValue
  private var remaining: JSONMembers.Iterator
  private var asked: [String] = []
  private var found = 0

  init(_ value: JSONValue) {
    self.value = value
    remaining = value.members.makeIterator()
  }

  /// Reads a member that must be there.
  ///
  /// - Parameter key: Its key.
  /// - Returns: Its value, which may be null.
  /// - Throws: ``JSONError`` `missingKey`.
  public mutating func required(_ key: String) throws(JSONError) -> JSONValue {
    guard let member = member(key) else {
      throw value.failure(.missingKey, "the key \"\(key)\" is missing; add it")
    }
    return member
  }

  /// Reads a member that may be absent; null counts as absent.
  ///
  /// - Parameter key: Its key.
  /// - Returns: Its value, or nil.
  public mutating func optional(_ key: String) -> JSONValue? {
    guard let member = member(key), !member.isNull else { return nil }
    return member
  }

  /// Refuses members that nobody asked for.
  ///
  /// - Throws: ``JSONError`` `unknownKey` at the first of them.
  public func finish() throws(JSONError) {
    guard found < value.count else { return }
    for member in value.members where !asked.contains(where: { member.key == $0 }) {
      let known = asked.map { "\"\($0)\"" }.joined(separator: ", ")
      throw member.key.failure(.unknownKey, "unknown key; remove it (known here: \(known))")
    }
  }

  private mutating func member(_ key: String) -> JSONValue? {
    let isRepeated = asked.contains(key)
    if !isRepeated { asked.append(key) }
    var ahead = remaining
    let member = ahead.next().flatMap { $0.key == key ? $0.value : nil }
    if member != nil { remaining = ahead }
    guard let result = member ?? value[key] else { return nil }
    if !isRepeated { found += 1 }
    return result
  }
}
