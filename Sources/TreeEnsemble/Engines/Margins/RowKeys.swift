/// A row as the fast engines read it: integers that compare as the floats do, and everything twice.
///
/// Each feature has two keys, which differ only where its value is missing: the first copy then holds a key below
/// every threshold, the second one above every threshold. A split reads the copy that sends missing values
/// its own default way, so the inner loops know no missing values.
enum RowKeys {
  /// The key of a missing value for splits that send it left: below that of any threshold, which is finite.
  static let leftmost: UInt32 = 0
  /// The key of a missing value for splits that send it right: not below that of any threshold.
  static let rightmost = UInt32.max

  /// The keys of a row.
  ///
  /// - Parameter featureCount: The number of values in the row.
  /// - Returns: How many keys it has.
  static func count(featureCount: Int) -> Int { 2 * featureCount }

  /// The key of a value, ordered as the floats are; both zeros have the same.
  ///
  /// - Parameter value: A number, or an infinity.
  /// - Returns: Its key.
  @inline(__always)
  static func key(_ value: Float) -> UInt32 {
    // Adding zero makes -0 to +0. Then positive numbers get the sign bit, negative ones are reversed.
    let bits = (value + 0).bitPattern
    let sign = UInt32(bitPattern: Int32(bitPattern: bits) >> 31)
    return bits ^ (sign | 0x8000_0000)
  }

  /// The position of the key that a split reads.
  ///
  /// - Parameters:
  ///   - node: The split.
  ///   - featureCount: The number of values in a row.
  /// - Returns: The position among the row's keys.
  static func position(of node: TreeNode, featureCount: Int) -> Int {
    Int(node.feature) + (node.defaultsLeft ? 0 : featureCount)
  }

  /// Writes a row's keys.
  ///
  /// - Parameters:
  ///   - row: The values.
  ///   - keys: Receives the keys, `stride` apart.
  ///   - offset: The position of the first key.
  ///   - stride: The distance of one key to the next; more than 1 interleaves several rows.
  @inline(__always)
  static func write(
    _ row: UnsafeBufferPointer<Float>,
    to keys: UnsafeMutableBufferPointer<UInt32>,
    offset: Int = 0,
    stride: Int = 1
  ) {
    let featureCount = row.count
    for index in 0..<featureCount {
      let value = row[index]
      let key = key(value)
      keys[offset + index * stride] = value.isNaN ? leftmost : key
      keys[offset + (featureCount + index) * stride] = value.isNaN ? rightmost : key
    }
  }
}
