/// The one pass over a parsed tape that holds it against the limits and finds duplicate keys.
struct TapeInspector: ~Copyable {
  private let limits: JSONLimits
  private let duplicateKeys: JSONParser.DuplicateKeys
  private var keys = KeyTable()

  init(limits: JSONLimits, duplicateKeys: JSONParser.DuplicateKeys) {
    self.limits = limits
    self.duplicateKeys = duplicateKeys
  }

  /// Refuses what simdjson lets pass.
  ///
  /// Each object's keys are visited when the walk meets its brace, with nested values skipped in one step, so that one
  /// small table serves all objects in turn.
  ///
  /// - Parameters:
  ///   - root: The root value of the tape.
  ///   - mayHoldLongStrings: False when the whole document is shorter than the longest string allowed.
  /// - Throws: ``JSONError`` with the path of the first offence in the order of the text.
  mutating func inspect(_ root: JSONValue, mayHoldLongStrings: Bool) throws(JSONError) {
    let end = root.endIndex
    var node = root
    var depth = 0
    while node.index < end {
      switch node.tag {
      case TapeTag.objectStart:
        depth += 1
        guard depth <= limits.maximumDepth else { throw tooDeep(node) }
        try inspectCount(of: node)
        if duplicateKeys == .refused { try inspectKeys(of: node) }
        node.index += 1
      case TapeTag.arrayStart:
        depth += 1
        guard depth <= limits.maximumDepth else { throw tooDeep(node) }
        node.index += 1
      case TapeTag.objectEnd, TapeTag.arrayEnd:
        depth -= 1
        node.index += 1
      case TapeTag.string:
        if mayHoldLongStrings { try inspectLength(of: node) }
        node.index += 1
      case TapeTag.signed, TapeTag.unsigned, TapeTag.double: node.index += 2
      default: node.index += 1
      }
    }
  }

  private func inspectCount(of object: JSONValue) throws(JSONError) {
    let count = object.count
    guard count <= limits.maximumMembers else {
      throw object.failure(.tooManyMembers, "\(count) members; at most \(limits.maximumMembers) are read")
    }
  }

  /// Refuses an object that has a key twice.
  ///
  /// - Parameter object: An object on the tape.
  /// - Throws: ``JSONError`` `duplicateKey` with the path of the second.
  mutating func inspectKeys(of object: JSONValue) throws(JSONError) {
    let count = object.count
    guard count > 1 else { return }
    keys.begin(count: count)
    for member in object.members where !keys.insert(member.key) {
      throw member.key.failure(.duplicateKey, "the key stands twice in one object; keep one of them")
    }
  }

  private func inspectLength(of string: JSONValue) throws(JSONError) {
    let count = string.utf8Count
    guard count <= limits.maximumStringBytes else {
      throw string.failure(
        .stringTooLong,
        "a string of \(count) bytes; at most \(limits.maximumStringBytes) are read"
      )
    }
  }

  private func tooDeep(_ value: JSONValue) -> JSONError {
    value.failure(.tooDeep, "nested deeper than \(limits.maximumDepth) levels")
  }
}
