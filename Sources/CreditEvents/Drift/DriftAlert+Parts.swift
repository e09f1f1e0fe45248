extension DriftAlert {
  /// A stretch of event time and how many events it holds.
  public struct Window: Sendable, Equatable {
    /// Its begin, milliseconds since 1970-01-01 UTC.
    public var fromMilliseconds: Int64
    /// Its end, which is no part of it.
    public var toMilliseconds: Int64
    /// Events in it.
    public var events: Int

    /// Names a window.
    public init(fromMilliseconds: Int64, toMilliseconds: Int64, events: Int) {
      self.fromMilliseconds = fromMilliseconds
      self.toMilliseconds = toMilliseconds
      self.events = events
    }
  }

  /// The counts and figures behind an alert; what does not apply is nil.
  public struct Evidence: Sendable, Equatable {
    /// Natural logarithm of the evidence against "nothing but tolerated drift".
    public var logEvidence: Double?
    /// The logarithm from which on a single watch is in alarm by itself.
    public var logAlarm: Double?
    /// The population stability index of the window.
    public var stability: Double?
    /// The index that chance alone exceeds in 5 of 100 windows of this size.
    public var noise: Double?
    /// The figure that moved, where it is one number.
    public var value: Double?
    /// What it was at training, or may be.
    public var expected: Double?
    /// The counts by bin, of the reference and of the window.
    public var bins: [Bin]

    /// Puts evidence together.
    public init(
      logEvidence: Double? = nil,
      logAlarm: Double? = nil,
      stability: Double? = nil,
      noise: Double? = nil,
      value: Double? = nil,
      expected: Double? = nil,
      bins: [Bin] = []
    ) {
      self.logEvidence = logEvidence
      self.logAlarm = logAlarm
      self.stability = stability
      self.noise = noise
      self.value = value
      self.expected = expected
      self.bins = bins
    }
  }

  /// One bin of a distribution.
  public struct Bin: Sendable, Equatable {
    /// What falls into it, for people.
    public var label: String
    /// Rows of the reference.
    public var reference: Int
    /// Events of the window.
    public var current: Int

    /// Names a bin.
    public init(label: String, reference: Int, current: Int) {
      self.label = label
      self.reference = reference
      self.current = current
    }
  }

  /// A feature that moved the score.
  public struct Leading: Sendable, Equatable {
    /// Its name.
    public var feature: String
    /// How far it moved the mean margin, in log-odds; positive towards default.
    public var shift: Double
    /// Its population stability index in the window.
    public var stability: Double

    /// Names a feature and its part.
    public init(feature: String, shift: Double, stability: Double) {
      self.feature = feature
      self.shift = shift
      self.stability = stability
    }
  }
}
