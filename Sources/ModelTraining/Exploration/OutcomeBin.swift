/// Rows whose values of a field belong together, with their default rate.
public struct OutcomeBin: Sendable, Equatable {
  /// The values in words: a category, one number, or the least and greatest of a range.
  public let label: String
  /// The values in few characters, for an axis.
  public let tick: String
  /// The number of rows, whatever their outcome.
  public let rowCount: Int
  /// The number of rows with a known outcome.
  public let knownCount: Int
  /// The number of those that defaulted.
  public let defaultCount: Int

  /// The default rate among the known outcomes; NaN without any.
  public var rate: Double { Double(defaultCount) / Double(knownCount) }
  /// The interval of the rate at 95 %.
  public var interval: WilsonInterval { WilsonInterval(count: defaultCount, of: knownCount) }
}

extension OutcomeBin {
  /// Counts a bin.
  ///
  /// - Parameters:
  ///   - label: The values in words.
  ///   - tick: The values in few characters.
  ///   - rows: The rows.
  ///   - targets: The outcome of each row of the table; NaN unknown.
  init(label: String, tick: String, rows: some Sequence<Int>, targets: [Double]?) {
    var (all, known, defaulted) = (0, 0, 0)
    for row in rows {
      all += 1
      guard let target = targets?[row], !target.isNaN else { continue }
      known += 1
      if target == 1 { defaulted += 1 }
    }
    self.init(label: label, tick: tick, rowCount: all, knownCount: known, defaultCount: defaulted)
  }
}
