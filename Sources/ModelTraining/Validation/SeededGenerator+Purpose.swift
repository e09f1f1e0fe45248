import FeaturePipeline

extension SeededGenerator {
  /// Starts one of the many sequences of a run.
  ///
  /// - Parameters:
  ///   - seed: The seed of the run.
  ///   - purpose: Tells the sequences apart, so that adding one leaves the others as they were.
  init(seed: UInt64, purpose: [UInt64]) {
    var state = seed
    for part in purpose {
      var mixer = SeededGenerator(seed: state)
      state = mixer.next() ^ part
    }
    self.init(seed: state)
  }
}
