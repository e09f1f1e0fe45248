extension HistoryPlan {
  /// The columns by which the rows of a table are ordered, the most important first.
  ///
  /// - Parameter table: The table's index.
  /// - Returns: Indices into the numbers of a row.
  public func order(of table: Int) -> [Int] { steps[table].order }
}
