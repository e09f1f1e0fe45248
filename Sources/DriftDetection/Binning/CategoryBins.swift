/// Bins of a category: the most frequent ones by name, the rest, never seen, and missing.
///
/// Slots, in order: the named categories, the other known ones together, categories that the reference never
/// saw, missing. The number of slots does not depend on how many categories there are.
public struct CategoryBins: Sendable, Equatable {
  /// How many categories get a slot of their own at most.
  public static let maximumNamed = 60

  /// Codes of the named categories, in the order of their slots.
  public let named: [Int]
  /// The slot of each code of the dictionary.
  public let slots: [UInt8]

  /// Names the most frequent categories of a reference.
  ///
  /// - Parameter counts: Rows of the reference by code of the dictionary; of equally frequent ones the lower
  ///   code goes first. A code without a row counts as never seen.
  public init(counts: [UInt64]) {
    let seen = counts.indices.filter { counts[$0] > 0 }
    let ranked = seen.sorted { (counts[$1], $0) < (counts[$0], $1) }
    let named = ranked.prefix(Self.maximumNamed).sorted()
    self.named = named
    var slots = [UInt8](repeating: UInt8(named.count + 1), count: counts.count)
    for code in seen { slots[code] = UInt8(named.count) }
    for (slot, code) in named.enumerated() { slots[code] = UInt8(slot) }
    self.slots = slots
  }

  /// Reads bins that were written down.
  ///
  /// - Parameters:
  ///   - named: Codes with a slot of their own, ascending, at most 60.
  ///   - rest: Other codes that the reference saw.
  ///   - dictionarySize: How many codes there are.
  /// - Throws: ``DriftError`` when a code stands twice or outside the dictionary.
  public init(named: [Int], rest: [Int], dictionarySize: Int) throws(DriftError) {
    let codes = named + rest
    guard named.count <= Self.maximumNamed, Set(codes).count == codes.count,
      zip(named, named.dropFirst()).allSatisfy(<),
      codes.allSatisfy({ 0..<dictionarySize ~= $0 })
    else { throw DriftError(.invalidDocument, "a category stands twice or outside the dictionary") }
    self.named = named
    var slots = [UInt8](repeating: UInt8(named.count + 1), count: dictionarySize)
    for code in rest { slots[code] = UInt8(named.count) }
    for (slot, code) in named.enumerated() { slots[code] = UInt8(slot) }
    self.slots = slots
  }

  /// How many slots there are: the named ones, the rest, never seen, missing.
  public var slotCount: Int { named.count + 3 }
  /// The slot of known categories without one of their own.
  public var restSlot: Int { named.count }
  /// Whether there are known categories without a slot of their own.
  public var hasRest: Bool { slots.contains(UInt8(restSlot)) }
  /// The slot of categories that the reference never saw.
  public var unseenSlot: Int { named.count + 1 }
  /// The slot of missing values.
  public var missingSlot: Int { named.count + 2 }

  /// The slot of a value.
  ///
  /// - Parameter value: A code of the dictionary; anything outside it is a category never seen, NaN is missing.
  /// - Returns: A slot, from 0.
  public func slot(of value: Double) -> Int {
    guard value == value else { return missingSlot }
    guard value >= 0, value < Double(slots.count) else { return unseenSlot }
    return Int(slots[Int(value)])
  }
}
