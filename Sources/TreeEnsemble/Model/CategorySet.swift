/// A set of categories: small whole numbers.
///
/// It is kept as bits only where these take no more memory than a list, so that a short file cannot ask for much
/// memory by naming one large category.
struct CategorySet: Sendable, Hashable {
  /// One more than the greatest category there can be: floats count exactly up to here.
  static let limit: UInt32 = 1 << 24

  /// Ascending; empty when there are bits.
  private let sorted: [UInt32]
  private let bits: [UInt32]
  private let greatest: UInt32

  /// Creates a set.
  ///
  /// - Parameter members: Strictly ascending, below ``limit``, and at least one.
  init(ascending members: [UInt32]) {
    greatest = members.last ?? 0
    let wordCount = Int(greatest / 32) + 1
    guard wordCount <= members.count + 8 else {
      sorted = members
      bits = []
      return
    }
    var bits = [UInt32](repeating: 0, count: wordCount)
    for member in members { bits[Int(member / 32)] |= 1 << (member % 32) }
    self.bits = bits
    sorted = []
  }

  /// The end of the numbers that XGBoost keeps bits for: the greatest member's word is the last one.
  var bitCapacity: Float { Float((greatest / 32 + 1) * 32) }

  /// Whether a value's whole part is a member.
  ///
  /// - Parameter value: Above -1.
  /// - Returns: True for members.
  /// - Complexity: O(1) for bits, else O(log n).
  func contains(_ value: Float) -> Bool {
    guard value < Float(Self.limit) else { return false }
    let category = UInt32(max(0, value))
    guard category <= greatest else { return false }
    guard sorted.isEmpty else { return isListed(category) }
    return bits[Int(category / 32)] >> (category % 32) & 1 == 1
  }

  private func isListed(_ category: UInt32) -> Bool {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < category { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low] == category
  }
}
