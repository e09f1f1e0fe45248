/// Finds the slots of an event's values and counts them: what the side window costs each event.
///
/// The slot of a number is how many of at most 21 ascending limits lie strictly below it: just below the least
/// value, the inner edges, the largest value. Each feature's limits are padded with +∞ to 24, three vectors that
/// are compared without a branch; a search of five dependent steps took twice the time. A category's slot is one
/// look into a table.
public struct EventCounter: Sendable {
  /// A number's place: its value, its limits and its slots.
  private struct Number {
    var value: Int
    var limits: Int
    var offset: Int
    var missing: Int
  }

  /// A category's place: its value, its table and its slots.
  private struct Category {
    var value: Int
    var table: Int
    var size: Double
    var offset: Int
    var unseen: Int
    var missing: Int
  }

  private static let limitsPerNumber = 24

  private var numbers: [Number] = []
  private var categories: [Category] = []
  private var limits: [SIMD8<Float>] = []
  private var tables: [UInt8] = []
  private let featureCount: Int
  private let slotCount: Int

  /// Lays out the bins of a reference for counting.
  ///
  /// - Parameter profile: The reference.
  public init(profile: ReferenceProfile) {
    featureCount = profile.features.count
    slotCount = profile.slotCount
    for (index, feature) in profile.features.enumerated() {
      let offset = profile.offsets[index]
      switch feature.bins {
      case .number(let bins):
        numbers.append(
          Number(value: index, limits: limits.count, offset: offset, missing: offset + bins.missingSlot)
        )
        let ascending = [Float(bins.least).nextDown] + bins.edges.map { Float($0) } + [Float(bins.largest)]
        let padding = [Float](repeating: .infinity, count: Self.limitsPerNumber - ascending.count)
        let padded = ascending + padding
        limits += [SIMD8(padded[..<8]), SIMD8(padded[8..<16]), SIMD8(padded[16...])]
      case .category(let bins):
        categories.append(
          Category(
            value: index,
            table: tables.count,
            size: Double(bins.slots.count),
            offset: offset,
            unseen: offset + bins.unseenSlot,
            missing: offset + bins.missingSlot
          )
        )
        tables += bins.slots
      }
    }
  }

  /// Counts one event.
  ///
  /// - Parameters:
  ///   - values: One value per feature in the reference's order: a number or a category's code, NaN for missing.
  ///   - window: Receives the counts.
  /// - Precondition: As many values as features, and a window of the same reference.
  /// - Complexity: O(features), no allocation.
  public func count(_ values: UnsafeBufferPointer<Double>, into window: inout WindowCounts) {
    precondition(
      values.count == featureCount && window.counts.count == slotCount,
      "an event of another reference"
    )
    window.eventCount &+= 1
    window.counts.withUnsafeMutableBufferPointer { counts in
      limits.withUnsafeBufferPointer { limits in
        for number in numbers {
          let value = values[number.value]
          // No limit is below a missing number: the sum is 0, and the choice is made after it.
          let slot = Self.limitsBelow(value, limits, number.limits)
          counts[value == value ? number.offset &+ slot : number.missing] &+= 1
        }
      }
      tables.withUnsafeBufferPointer { tables in
        for category in categories {
          let code = values[category.value]
          if code >= 0, code < category.size {
            counts[category.offset &+ Int(tables[category.table &+ Int(code)])] &+= 1
          } else {
            counts[code == code ? category.unseen : category.missing] &+= 1
          }
        }
      }
    }
  }

  /// How many of the 24 limits in three vectors from `first` on are strictly less than the value.
  @inline(__always)
  private static func limitsBelow(
    _ value: Double,
    _ limits: UnsafeBufferPointer<SIMD8<Float>>,
    _ first: Int
  ) -> Int {
    let probe = SIMD8<Float>(repeating: Float(value))
    let one = SIMD8<Int32>(repeating: 1)
    let below =
      SIMD8<Int32>.zero.replacing(with: one, where: limits[first] .< probe)
      &+ SIMD8<Int32>.zero.replacing(with: one, where: limits[first &+ 1] .< probe)
      &+ SIMD8<Int32>.zero.replacing(with: one, where: limits[first &+ 2] .< probe)
    return Int(below.wrappedSum())
  }
}
