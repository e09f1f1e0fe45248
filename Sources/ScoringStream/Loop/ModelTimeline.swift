/// An announced model that was loaded and checked, as far as the loop must know it.
public struct ModelActivation: Sendable, Equatable {
  /// The announcement's place in the log of announcements: later is greater.
  public var sequence: Int64
  /// The record timestamp from which the model applies, milliseconds since 1970.
  public var activeFrom: Int64

  /// Describes an announced model.
  ///
  /// - Parameters:
  ///   - sequence: The announcement's place in the log of announcements.
  ///   - activeFrom: The record timestamp from which the model applies, milliseconds since 1970.
  public init(sequence: Int64, activeFrom: Int64) {
    self.sequence = sequence
    self.activeFrom = activeFrom
  }
}

/// Which announced model decides a batch.
///
/// A partition moves on along the log of announcements and never back; going back to an older model takes a new announcement
/// of it. The place reached is committed with the offset, so it survives crashes and changes of owner.
struct ModelTimeline: Sendable, Equatable {
  private var activations: [ModelActivation] = []
  /// How far the log of announcements was read.
  private(set) var readThrough: Int64 = -1

  var isEmpty: Bool { activations.isEmpty }

  /// Notes that the log of announcements was read this far.
  mutating func read(through sequence: Int64) { readThrough = max(readThrough, sequence) }

  /// Takes an announcement; one already known, or older than the newest, changes nothing that was decided.
  mutating func add(_ activation: ModelActivation) {
    read(through: activation.sequence)
    guard !activations.contains(where: { $0.sequence == activation.sequence }) else { return }
    let place = activations.firstIndex { $0.sequence > activation.sequence } ?? activations.endIndex
    activations.insert(activation, at: place)
  }

  /// The model for a batch of one partition.
  ///
  /// The latest announcement that all records of the batch are due for wins. A partition that has no model yet and only
  /// records from before every activation takes the first announced one: records older than any model must be decided too.
  ///
  /// - Parameters:
  ///   - earliest: The smallest timestamp in the batch; records without one do not count.
  ///   - inForce: The model the partition has been decided with so far.
  /// - Returns: Its announcement; nil when none was announced at all.
  func model(earliest: Int64, inForce: Int64?) -> ModelActivation? {
    let due = activations.last { $0.activeFrom <= earliest && $0.sequence > inForce ?? .min }
    if let due { return due }
    guard let inForce else { return activations.first }
    // The announcement in force may be compacted away or refused here: its nearest neighbour stands in for it.
    return activations.last { $0.sequence <= inForce } ?? activations.first
  }
}
