import FeaturePipeline

/// Answers that know nothing of the application: what every model has to beat.
enum Dummy {
  /// The same log-odds for every row: those of the share of defaults among the training rows.
  ///
  /// - Parameters:
  ///   - targets: Whether each training row defaulted; both outcomes occur.
  ///   - count: The number of rows to predict.
  /// - Returns: One margin per row.
  static func prior(_ targets: [Bool], count: Int) -> [Float] {
    let share = Double(targets.count { $0 }) / Double(targets.count)
    return [Float](repeating: Float(PortableMath.log(share / (1 - share))), count: count)
  }

  /// A class drawn for every row with the share of defaults among the training rows: margin 1 or −1.
  ///
  /// - Parameters:
  ///   - targets: Whether each training row defaulted.
  ///   - count: The number of rows to predict.
  ///   - seed: The seed of the draws.
  /// - Returns: One margin per row.
  static func stratified(_ targets: [Bool], count: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed, purpose: [11])
    let defaulted = targets.count { $0 }
    return (0..<count).map { _ in generator.index(below: targets.count) < defaulted ? 1 : -1 }
  }
}
