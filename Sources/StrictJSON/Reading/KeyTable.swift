/// The keys of one object at a time, as an open-addressing hash table that is used again without being cleared.
///
/// A slot counts only if it carries the current object's generation. The hash is seeded per table, so that nobody can
/// prepare keys that all collide; the seed decides nothing but speed.
struct KeyTable: ~Copyable {
  private struct Slot {
    var generation: UInt32
    var hash: UInt32
    var node: UInt32
  }

  private var slots: UnsafeMutableBufferPointer<Slot>
  private var mask = 0
  private var generation: UInt32 = 0
  private let seed = UInt64.random(in: .min ... .max)

  init() { slots = KeyTable.allocate(1024) }

  deinit { slots.deallocate() }

  /// Forgets the keys of the object before, and makes room for `count`.
  ///
  /// - Parameter count: How many keys will be inserted.
  mutating func begin(count: Int) {
    var size = 16
    while size < 2 * count { size *= 2 }
    if size > slots.count {
      slots.deallocate()
      slots = KeyTable.allocate(size)
      generation = 0
    } else if generation == .max {
      slots.update(repeating: Slot(generation: 0, hash: 0, node: 0))
      generation = 0
    }
    generation += 1
    mask = size - 1
  }

  /// Adds a key of the current object.
  ///
  /// - Parameter key: A key on the current document's tape.
  /// - Returns: False when an equal key is there already.
  mutating func insert(_ key: JSONKey) -> Bool {
    let wide = JSONKey.hash(key.utf8, seed: seed)
    let hash = UInt32(truncatingIfNeeded: wide >> 32)
    var position = Int(truncatingIfNeeded: wide) & mask
    while slots[position].generation == generation {
      let slot = slots[position]
      if slot.hash == hash, key.sibling(at: Int(slot.node)) == key { return false }
      position = (position + 1) & mask
    }
    slots[position] = Slot(generation: generation, hash: hash, node: UInt32(truncatingIfNeeded: key.index))
    return true
  }

  private static func allocate(_ count: Int) -> UnsafeMutableBufferPointer<Slot> {
    let slots = UnsafeMutableBufferPointer<Slot>.allocate(capacity: count)
    slots.initialize(repeating: Slot(generation: 0, hash: 0, node: 0))
    return slots
  }
}
