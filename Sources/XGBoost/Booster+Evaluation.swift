private import CXGBoost

extension Booster {
  /// The value of one metric on one matrix after one round.
  public struct Evaluation: Sendable, Equatable {
    /// The name under which the matrix was given.
    public let matrix: String
    /// The metric, for example "auc".
    public let metric: String
    /// Its value.
    public let value: Double
  }

  /// Computes the ``BoosterParameters/evaluationMetrics`` on labelled matrices.
  ///
  /// - Parameters:
  ///   - round: The round's number, as given to ``update(round:on:)``.
  ///   - matrices: The matrices with a name each; names are free of tabs.
  /// - Returns: One result per matrix and metric, in the order of the matrices, then of the metrics.
  /// - Throws: ``XGBoostError`` when a matrix does not fit the booster.
  public func evaluate(
    round: Int,
    on matrices: [(name: String, matrix: TrainingMatrix)]
  ) throws(XGBoostError) -> [Evaluation] {
    guard let number = CInt(exactly: round), number >= 0 else {
      throw XGBoostError(.invalidParameter, "\(round) is no round; count from 0")
    }
    guard !matrices.contains(where: { $0.name.contains("\t") }) else {
      throw XGBoostError(.invalidParameter, "a matrix's name must not contain a tab")
    }
    var handles: [DMatrixHandle?] = unsafe matrices.map { unsafe $0.matrix.handle }
    var text: UnsafePointer<CChar>?
    let status = withExtendedLifetime(matrices) {
      unsafe withCStrings(matrices.map(\.name)) { names in
        unsafe handles.withUnsafeMutableBufferPointer { buffer in
          unsafe XGBoosterEvalOneIter(
            handle,
            number,
            buffer.baseAddress,
            UnsafeMutablePointer(mutating: names.baseAddress),
            bst_ulong(buffer.count),
            &text
          )
        }
      }
    }
    try check(status, "XGBoosterEvalOneIter")
    guard let text = unsafe text else {
      throw XGBoostError(.unexpectedAnswer, "XGBoosterEvalOneIter gave no text")
    }
    return try Self.parse(unsafe String(cString: text), names: matrices.map(\.name))
  }

  /// Reads the library's line `[7]⇥name-metric:value⇥…`.
  ///
  /// Names and metrics may both contain hyphens and colons, so the position tells which matrix is meant,
  /// and only the last colon separates the value.
  ///
  /// - Parameters:
  ///   - line: The line.
  ///   - names: The matrices' names in order.
  /// - Returns: The results in the line's order.
  /// - Throws: ``XGBoostError`` when the line looks otherwise.
  static func parse(_ line: String, names: [String]) throws(XGBoostError) -> [Evaluation] {
    let cells = line.split(separator: "\t").dropFirst()
    guard !names.isEmpty, cells.count % names.count == 0 else {
      throw XGBoostError(.unexpectedAnswer, "evaluation of \(names.count) matrices gave “\(line)”")
    }
    let metricCount = cells.count / names.count
    var results: [Evaluation] = []
    for (index, cell) in cells.enumerated() {
      let name = names[index / metricCount]
      guard cell.hasPrefix(name + "-"), let colon = cell.lastIndex(of: ":"),
        let value = Double(cell[cell.index(after: colon)...])
      else { throw XGBoostError(.unexpectedAnswer, "evaluation gave “\(cell)” for “\(name)”") }
      let metric = cell[..<colon].dropFirst(name.count + 1)
      results.append(Evaluation(matrix: name, metric: String(metric), value: value))
    }
    return results
  }
}
