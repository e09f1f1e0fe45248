/// Seeded rows with a fifth of the values missing.
struct BenchmarkRows: Sendable {
  private let values: [Float]
  private let count: Int
  private let width: Int

  init(count: Int, width: Int) {
    var state: UInt64 = 1
    values = (0..<count * width).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let part = state >> 40
      return part % 5 == 0 ? .nan : Float(part) / Float(1 << 22) - 2
    }
    self.count = count
    self.width = width
  }

  func withRow<R>(_ index: Int, _ body: (UnsafeBufferPointer<Float>) -> R) -> R {
    let start = index % count * width
    return values.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start..<start + width])) }
  }

  func withFirst<R>(_ rowCount: Int, _ body: (UnsafeBufferPointer<Float>) -> R) -> R {
    values.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[0..<rowCount * width])) }
  }
}
