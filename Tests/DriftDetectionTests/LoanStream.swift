import DriftDetection

/// A population to draw references and events from: rows of 24 features, real or made up.
struct LoanStream {
  struct Feature {
    var name: String
    var values: [Double]
    var isCategory: Bool
  }

  var features: [Feature]
  let rowCount: Int

  /// The real rows; categories get codes in the order of their numbers.
  init(_ loans: TaiwanLoans) {
    rowCount = loans.rowCount
    features = TaiwanLoans.numeric.map {
      Feature(name: $0, values: loans.columns[$0] ?? [], isCategory: false)
    }
    for name in TaiwanLoans.categorical {
      let values = loans.columns[name] ?? []
      let codes = Dictionary(uniqueKeysWithValues: Set(values).sorted().enumerated().map { ($1, Double($0)) })
      features.append(Feature(name: name, values: values.map { codes[$0] ?? .nan }, isCategory: true))
    }
  }

  /// Made-up rows: 14 skewed numbers with ties and gaps, 10 categories of uneven frequency.
  init(seed: UInt64, rowCount: Int = 30_000) {
    self.rowCount = rowCount
    var draws = SeededDraws(seed: seed)
    features = (0..<24).map { index in
      let values = (0..<rowCount).map { _ -> Double in
        let draw = draws.uniform()
        if index < 14 {
          if index % 4 == 3, draws.uniform() < 0.05 { return .nan }
          let skewed = draw * draw * draw * 1_000
          return index % 2 == 0 ? skewed : skewed.rounded(.down)
        }
        return (draw * draw * Double(2 + index % 9)).rounded(.down)
      }
      return Feature(name: "f\(index)", values: values, isCategory: index >= 14)
    }
  }

  /// A reference of rows drawn with replacement.
  func reference(rowCount: Int, draws: inout SeededDraws) throws -> ReferenceProfile {
    let rows = (0..<rowCount).map { _ in draws.index(below: self.rowCount) }
    return try ReferenceProfile(
      features: features.map { feature in
        let values = rows.map { feature.values[$0] }
        guard feature.isCategory else { return try FeatureReference(number: feature.name, values: values) }
        let size = Int(feature.values.max() ?? 0) + 1
        return try FeatureReference(category: feature.name, codes: values, dictionarySize: size)
      }
    )
  }

  /// The slots of each row under a reference, row after row, after a change to one feature.
  func slots(in profile: ReferenceProfile, change: Change? = nil, draws: inout SeededDraws) -> [Int32] {
    var slots = [Int32](repeating: 0, count: rowCount * features.count)
    for (index, feature) in features.enumerated() {
      let bins = profile.features[index].bins
      let isChanged = change?.feature == feature.name
      for (row, value) in feature.values.enumerated() {
        let now = isChanged ? change?.apply(value, draws.uniform()) ?? value : value
        slots[row * features.count + index] = Int32(profile.offsets[index] + bins.slot(of: now))
      }
    }
    return slots
  }

  struct Change {
    var feature: String
    var apply: (_ value: Double, _ draw: Double) -> Double
  }
}

/// Draws events from rows of slots and shows them in blocks of 100.
struct BlockFeed {
  private let slots: [Int32]
  private let featureCount: Int
  private let slotCount: Int

  init(slots: [Int32], profile: ReferenceProfile) {
    self.slots = slots
    featureCount = profile.features.count
    slotCount = profile.slotCount
  }

  func block(events: Int = 100, draws: inout SeededDraws) throws -> WindowCounts {
    var counts = [UInt64](repeating: 0, count: slotCount)
    let rowCount = slots.count / featureCount
    counts.withUnsafeMutableBufferPointer { counts in
      slots.withUnsafeBufferPointer { slots in
        for _ in 0..<events {
          let row = draws.index(below: rowCount) &* featureCount
          var position = row
          while position < row &+ featureCount {
            counts[Int(slots[position])] &+= 1
            position &+= 1
          }
        }
      }
    }
    let filled = counts.indices.filter { counts[$0] > 0 }
    var window = WindowCounts(slotCount: slotCount)
    try window.add(SparseCounts(slots: filled, counts: filled.map { counts[$0] }, eventCount: UInt64(events)))
    return window
  }
}
