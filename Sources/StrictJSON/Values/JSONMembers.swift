/// The members of an object, in the order of the text.
public struct JSONMembers: Sequence {
  @usableFromInline let container: JSONValue

  @inlinable
  init(container: JSONValue) { self.container = container }

  /// Walks the members; a value is skipped in one step, whatever it holds.
  public struct Iterator: IteratorProtocol {
    @usableFromInline var node: JSONValue
    @usableFromInline let end: Int

    @inlinable
    init(_ container: JSONValue) {
      node = container
      node.index += 1
      end = container.tag == TapeTag.objectStart ? container.endIndex - 1 : node.index
    }

    /// The next member.
    ///
    /// - Returns: Key and value, or nil after the last.
    @inlinable
    public mutating func next() -> (key: JSONKey, value: JSONValue)? {
      guard node.index < end else { return nil }
      let key = JSONKey(node: node)
      let value = key.value
      node.index = value.endIndex
      return (key, value)
    }
  }

  /// Starts at the first member.
  ///
  /// - Returns: An iterator as short-lived as the values.
  @inlinable
  public func makeIterator() -> Iterator { Iterator(container) }

  /// How many members there are, without walking them.
  @inlinable public var underestimatedCount: Int {
    container.tag == TapeTag.objectStart
      ? Int(truncatingIfNeeded: container.tape[container.index] >> 32 & 0xFF_FFFF) : 0
  }
}
