extension JSONValue {
  /// Where the value stands, as `$.trees[3].leaf`.
  ///
  /// It is found by walking down from the root, so it costs nothing until it is asked for.
  ///
  /// - Complexity: O(values before this one that are not inside skipped containers).
  public var path: String {
    var path = "$"
    var node = JSONValue(tape: tape, strings: strings, index: 1)
    while node.index < index {
      guard let (step, child) = node.step(towards: index) else { return path }
      path += step
      node = child
    }
    return path
  }

  /// An error at this value, for what its reader refuses.
  ///
  /// - Parameters:
  ///   - code: The kind of refusal.
  ///   - message: What happened and what to do; must not quote the value.
  /// - Returns: The error with this value's path.
  public func failure(_ code: JSONError.Code, _ message: String) -> JSONError {
    JSONError(code, message, path: path)
  }

  private func step(towards target: Int) -> (step: String, child: JSONValue)? {
    switch kind {
    case .object:
      // The target may be the key's own node, or lie in the value.
      guard let member = members.first(where: { target < $0.value.endIndex }) else { return nil }
      return (member.key.pathStep, member.value)
    case .array:
      guard let found = elements.enumerated().first(where: { target < $0.element.endIndex }) else {
        return nil
      }
      return ("[\(found.offset)]", found.element)
    default: return nil
    }
  }
}

extension JSONKey {
  /// An error at the member of this key.
  ///
  /// - Parameters:
  ///   - code: The kind of refusal.
  ///   - message: What happened and what to do.
  /// - Returns: The error with the member's path.
  public func failure(_ code: JSONError.Code, _ message: String) -> JSONError { value.failure(code, message) }

  /// `.name`, or `["odd name"]`; long keys are cut, for paths end up in headers and logs.
  fileprivate var pathStep: String {
    let text = String(decoding: utf8.prefix(64), as: UTF8.self)
    let isPlain = !utf8.isEmpty && utf8.allSatisfy(\.isPlain)
    return isPlain ? ".\(text)" : "[\(text.debugDescription)]"
  }
}

extension UInt8 {
  fileprivate var isPlain: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
    default: false
    }
  }
}
