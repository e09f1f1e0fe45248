/// Puts the rows of one group into the total order of their table, without allocating.
///
/// Rows are compared by the declared columns, then by all others from left to right; missing comes before every
/// number. Rows that agree in everything are alike, so that the order in which they came never matters.
struct RowOrder {
  let rows: UnsafeBufferPointer<Double>
  let width: Int
  /// The declared columns, compared first.
  let columns: [Int]

  /// Orders indices of rows.
  ///
  /// - Parameter order: Indices of rows; receives them in order.
  /// - Complexity: O(rows) where they are in order already, as files and well-behaved producers have them; else
  ///   O(rows · log rows).
  func sort(_ order: UnsafeMutableBufferPointer<Int32>) {
    var isSorted = true
    for index in 1..<max(1, order.count) where precedes(order[index], order[index - 1]) {
      isSorted = false
      break
    }
    if !isSorted { HeapSort.sort(order) { precedes($0, $1) } }
  }

  @inline(__always)
  private func precedes(_ left: Int32, _ right: Int32) -> Bool {
    let left = Int(left) * width
    let right = Int(right) * width
    for column in columns {
      let (a, b) = (rows[left + column], rows[right + column])
      if a < b { return true }
      if a > b { return false }
      if (a != a) != (b != b) { return a != a }
    }
    for column in 0..<width {
      let (a, b) = (rows[left + column], rows[right + column])
      if a < b { return true }
      if a > b { return false }
      if (a != a) != (b != b) { return a != a }
    }
    return false
  }
}

/// Sorts in place; the standard library's sort allocates.
enum HeapSort {
  /// Sorts elements.
  ///
  /// - Parameters:
  ///   - elements: The elements.
  ///   - precedes: A strict weak order.
  @inline(__always)
  static func sort<Element>(
    _ elements: UnsafeMutableBufferPointer<Element>,
    by precedes: (Element, Element) -> Bool
  ) {
    var start = elements.count / 2
    var end = elements.count
    while end > 1 {
      if start > 0 {
        start -= 1
      } else {
        end -= 1
        elements.swapAt(0, end)
      }
      var parent = start
      while case var child = 2 * parent + 1, child < end {
        if child + 1 < end, precedes(elements[child], elements[child + 1]) { child += 1 }
        guard precedes(elements[parent], elements[child]) else { break }
        elements.swapAt(parent, child)
        parent = child
      }
    }
  }
}
