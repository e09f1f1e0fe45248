/// Features of many applications, as the model takes them.
public struct FeatureMatrix: Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The names of the columns.
  public let names: [String]
  /// The values, row by row: `rowCount × columnCount`; NaN is missing.
  public internal(set) var values: [Float]

  /// The number of columns.
  public var columnCount: Int { names.count }

  /// Creates a matrix.
  ///
  /// - Parameters:
  ///   - names: The names of the columns.
  ///   - values: The values row by row.
  /// - Precondition: There is a column, and `values` holds whole rows.
  public init(names: [String], values: [Float]) {
    precondition(!names.isEmpty && values.count % names.count == 0, "whole rows of at least one column")
    self.names = names
    self.values = values
    rowCount = values.count / names.count
  }

  /// One value.
  ///
  /// - Parameters:
  ///   - row: The row, 0..<rowCount.
  ///   - column: The column, 0..<columnCount.
  public subscript(row: Int, column: Int) -> Float { values[row * columnCount + column] }

  /// The rows of some indices, in their order.
  ///
  /// - Parameter rows: Indices of rows.
  /// - Returns: A matrix with the same columns.
  public func subset(rows: [Int]) -> FeatureMatrix {
    var selected: [Float] = []
    selected.reserveCapacity(rows.count * columnCount)
    for row in rows {
      selected.append(contentsOf: values[row * columnCount..<(row + 1) * columnCount])
    }
    return FeatureMatrix(names: names, values: selected)
  }
}
