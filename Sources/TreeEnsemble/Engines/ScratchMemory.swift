import Synchronization

/// Memory that calls work in and give back, so that a call allocates nothing once as many ran as ever run at once.
///
/// The stack would do for small rows only: beyond 1 KiB, the runtime takes temporary memory from the heap.
final class ScratchMemory: Sendable {
  /// The size of one call's memory.
  let byteCount: Int

  private struct Block: @unchecked Sendable {
    // Sendable since only the call that took the block out of the list uses it.
    let memory: UnsafeMutableRawBufferPointer
  }

  private let free = Mutex<[Block]>([])

  /// Prepares for calls; nothing is allocated yet.
  ///
  /// - Parameter byteCount: The size of one call's memory.
  init(byteCount: Int) {
    self.byteCount = byteCount
  }

  deinit {
    free.withLock { blocks in blocks.forEach { $0.memory.deallocate() } }
  }

  /// Lends memory, aligned to a cache line; what it holds is left over from another call.
  ///
  /// - Parameter body: Works in the memory, and must not keep it.
  /// - Returns: What `body` returns.
  @inline(__always)
  func withMemory<R>(_ body: (UnsafeMutableRawBufferPointer) -> R) -> R {
    let block = take()
    defer { give(block) }
    return body(block.memory)
  }

  private func take() -> Block {
    free.withLock { $0.popLast() }
      ?? Block(memory: .allocate(byteCount: max(1, byteCount), alignment: 64))
  }

  private func give(_ block: Block) {
    free.withLock { $0.append(block) }
  }
}
