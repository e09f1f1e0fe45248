/// The categories of one field, each with its code.
///
/// A category's code is its index. The dictionary grows while a table is read for training and is frozen in
/// the fitted pipeline; a text that is not in it is an unseen category, with the value
/// ``Application/unseenCategory``. Texts are the canonical ones of ``FieldParser``.
public struct CategoryDictionary: Sendable, Equatable {
  private var table: NameTable

  /// Creates the dictionary of the categories; the code of each is its index, a repeated one keeps its first.
  public init(_ categories: [String] = []) {
    table = NameTable(categories)
  }

  /// The categories by code.
  public var categories: [String] { table.names }

  /// The number of categories.
  public var count: Int { table.names.count }

  /// The code of a category, or nil for an unseen one.
  public func code(of category: String) -> Int? { table.index(of: category) }

  /// The code of a category given as UTF-8, or nil for an unseen one; no allocation.
  public func code(utf8: UnsafeBufferPointer<UInt8>) -> Int? { table.index(of: utf8) }

  /// The code of a category given as UTF-8, which is added with the next code if it is new.
  public mutating func intern(utf8: UnsafeBufferPointer<UInt8>) -> Int { table.insert(utf8: utf8) }
}
