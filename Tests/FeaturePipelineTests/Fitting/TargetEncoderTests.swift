import CreditEvents
import TestSupport
import Testing

@testable import FeaturePipeline

@Suite("TargetEncoder")
struct TargetEncoderTests {
  /// Random outcomes and a category that has nothing to do with them.
  static func noise(rows: Int, categories: Int, seed: UInt64) -> (column: [Double], targets: [Double]) {
    var source = SplitMix64(seed: seed)
    let column = (0..<rows).map { row in
      categories >= rows ? Double(row) : Double(Int.random(in: 0..<categories, using: &source))
    }
    return (column, (0..<rows).map { _ in Int.random(in: 0..<8, using: &source) == 0 ? 1 : 0 })
  }

  /// The area under the ROC curve, ties counted half.
  static func auc(_ scores: [Double], _ targets: [Double]) -> Double {
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    var rank = 0.0
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, scores[order[end]] == scores[order[start]] { end += 1 }
      let middle = Double(start + end + 1) / 2
      rank += order[start..<end].reduce(0) { $0 + targets[$1] * middle }
      start = end
    }
    let positives = targets.reduce(0, +)
    let negatives = Double(targets.count) - positives
    return (rank - positives * (positives + 1) / 2) / (positives * negatives)
  }

  /// What a flexible model makes of a feature: rates of 60 quantile bins learnt on one half, scored on the other.
  static func learntAUC(_ feature: [Double], _ targets: [Double]) -> Double {
    let train = feature.indices.filter { $0 % 2 == 0 }
    let test = feature.indices.filter { $0 % 2 == 1 }
    let sorted = train.map { feature[$0] }.sorted()
    let edges = (1..<60).map { sorted[$0 * sorted.count / 60] }
    let bins = feature.map { value in edges.count { $0 <= value } }
    var sums = [Double](repeating: 0, count: 60)
    var counts = [Double](repeating: 0, count: 60)
    for row in train {
      sums[bins[row]] += targets[row]
      counts[bins[row]] += 1
    }
    return auc(test.map { (sums[bins[$0]] + 1) / (counts[bins[$0]] + 8) }, test.map { targets[$0] })
  }

  static func encoder(_ column: [Double], _ targets: [Double], smoothing: Double) -> TargetEncoder {
    TargetEncoder(
      column: column,
      targets: targets,
      folds: StratifiedFolds.assign(targets, foldCount: 5, seed: 3),
      categoryCount: Int(column.filter { $0 == $0 }.max() ?? -1) + 1,
      smoothing: smoothing
    )
  }

  @Test(
    "A random category gains no AUC out of fold, however many values it has",
    arguments: [20, 500, 3000, 6000]
  )
  func noLeak(categories: Int) {
    let (column, targets) = Self.noise(rows: 6000, categories: categories, seed: 11)
    for smoothing in [0.0, 1, 20] {
      let encoder = Self.encoder(column, targets, smoothing: smoothing)
      let outOfFold = encoder.outOfFold()
      // 750 defaults in 6,000 rows: the standard error of an AUC of one half is 0.011, on half the rows 0.016.
      #expect(abs(Self.auc(outOfFold, targets) - 0.5) < 0.035, "smoothing \(smoothing)")
      #expect(abs(Self.learntAUC(outOfFold, targets) - 0.5) < 0.05, "smoothing \(smoothing)")
      if categories >= 3000 {
        // The encoding that serves, used on its own training rows, would have given the outcomes away.
        let rates = encoder.encoding.rates
        #expect(Self.auc(column.map { rates[Int($0)] }, targets) > 0.85, "smoothing \(smoothing)")
      }
    }
  }

  @Test("A category that tells something keeps telling it out of fold")
  func signal() {
    var source = SplitMix64(seed: 12)
    let column = (0..<4000).map { _ in Double(Int.random(in: 0..<10, using: &source)) }
    let targets = column.map { Double.random(in: 0..<1, using: &source) < 0.05 + $0 / 15 ? 1.0 : 0 }
    #expect(Self.auc(Self.encoder(column, targets, smoothing: 20).outOfFold(), targets) > 0.68)
  }

  @Test("A row's rate does not hold its own outcome")
  func ownOutcome() {
    let (column, targets) = Self.noise(rows: 300, categories: 40, seed: 13)
    let folds = StratifiedFolds.assign(targets, foldCount: 5, seed: 3)
    func rates(_ targets: [Double]) -> [Double] {
      TargetEncoder(column: column, targets: targets, folds: folds, categoryCount: 40, smoothing: 0)
        .outOfFold()
    }
    let before = rates(targets)
    var compared = 0
    for row in 0..<300
    where column.indices.contains(where: { column[$0] == column[row] && folds[$0] != folds[row] }) {
      var changed = targets
      changed[row] = 1 - changed[row]
      #expect(rates(changed)[row] == before[row], "row \(row)")
      compared += 1
    }
    #expect(compared > 250)
  }

  @Test("A category that stands in a single row gets the overall rate, the same for all such rows")
  func singleRows() {
    let (column, targets) = Self.noise(rows: 200, categories: 200, seed: 14)
    for smoothing in [0.0, 20] {
      let encoder = Self.encoder(column, targets, smoothing: smoothing)
      for rate in encoder.outOfFold() { #expect(abs(rate - encoder.encoding.prior) < 1e-15) }
      #expect(Set(encoder.outOfFold()).count == 1)
    }
  }

  @Test("Out of fold, the rate is that of the other folds, counted plainly", arguments: 0..<20)
  func plainly(seed: UInt64) {
    var source = SplitMix64(seed: seed)
    let column = (0..<120).map { _ -> Double in
      let code = Int.random(in: -1...7, using: &source)
      return code == 7 ? .nan : Double(code)
    }
    let targets = (0..<120).map { _ -> Double in
      [0, 0, 1, .nan][Int.random(in: 0..<4, using: &source)]
    }
    let folds = StratifiedFolds.assign(targets, foldCount: 4, seed: seed)
    let encoder = TargetEncoder(
      column: column,
      targets: targets,
      folds: folds,
      categoryCount: 7,
      smoothing: 3
    )
    let known = targets.filter { $0 == $0 }
    let prior = known.reduce(0, +) / Double(known.count)
    #expect(encoder.encoding.prior == prior)
    for (row, rate) in encoder.outOfFold().enumerated() {
      guard targets[row] == targets[row] else {
        #expect(rate.isNaN)
        continue
      }
      let others = targets.indices.filter {
        folds[$0] != folds[row] && folds[$0] >= 0 && column[row] != -1
          && (column[$0] == column[row] || column[$0].isNaN && column[row].isNaN)
      }
      let expected = (others.reduce(0) { $0 + targets[$1] } + 3 * prior) / (Double(others.count) + 3)
      #expect(abs(rate - expected) < 1e-15, "seed \(seed), row \(row)")
    }
  }

  @Test("Folds have the same size and the same share of defaults, and depend on the seed alone")
  func folds() {
    let targets = (0..<103).map { $0 % 9 == 0 ? 1.0 : $0 % 10 == 1 ? .nan : 0 }
    let folds = StratifiedFolds.assign(targets, foldCount: 5, seed: 21)
    for outcomes in [[1.0], [0.0], [0, 1]] {
      let sizes = (0..<5).map { fold in
        folds.indices.count { folds[$0] == fold && outcomes.contains(targets[$0]) }
      }
      #expect((sizes.max() ?? 9) - (sizes.min() ?? 0) <= 1)
    }
    #expect(zip(folds, targets).allSatisfy { ($0 < 0) == $1.isNaN })
    #expect(StratifiedFolds.assign(targets, foldCount: 5, seed: 21) == folds)
    #expect(StratifiedFolds.assign(targets, foldCount: 5, seed: 22) != folds)
    #expect(Set(StratifiedFolds.assign([1, 0], foldCount: 5, seed: 1)) == [0, 1])
  }
}
