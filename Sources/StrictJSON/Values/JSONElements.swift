/// The elements of an array, in order.
public struct JSONElements: Sequence {
  @usableFromInline let container: JSONValue

  @inlinable
  init(container: JSONValue) { self.container = container }

  /// Walks the elements; each is skipped in one step, whatever it holds.
  public struct Iterator: IteratorProtocol {
    @usableFromInline var node: JSONValue
    @usableFromInline let end: Int

    @inlinable
    init(_ container: JSONValue) {
      node = container
      node.index += 1
      end = container.tag == TapeTag.arrayStart ? container.endIndex - 1 : node.index
    }

    /// The next element.
    ///
    /// - Returns: The value, or nil after the last.
    @inlinable
    public mutating func next() -> JSONValue? {
      guard node.index < end else { return nil }
      let value = node
      node.index = value.endIndex
      return value
    }
  }

  /// Starts at the first element.
  ///
  /// - Returns: An iterator as short-lived as the values.
  @inlinable
  public func makeIterator() -> Iterator { Iterator(container) }

  /// How many elements there are, without walking them.
  @inlinable public var underestimatedCount: Int {
    container.tag == TapeTag.arrayStart
      ? Int(truncatingIfNeeded: container.tape[container.index] >> 32 & 0xFF_FFFF) : 0
  }
}
