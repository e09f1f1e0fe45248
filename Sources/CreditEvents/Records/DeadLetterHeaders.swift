/// The headers that are added to a record which can have no decision.
///
/// The dead letter keeps the record's key, value and headers untouched. Provenance has the names of Kafka
/// Streams (`__streams.errors.*`), so that tools which know them work; what those do not say has names of ours.
/// A record that was a dead letter before has the headers twice: the last of a name counts.
public struct DeadLetterHeaders: Sendable, Equatable {
  /// Where the record failed.
  public enum Stage: String, Sendable, CaseIterable {
    /// It could not be read.
    case decode
    /// It could not be scored.
    case score
    /// Its transaction failed again and again.
    case process
  }

  /// The names of the headers.
  public enum Name {
    /// The class of the rejection, where Kafka Streams names its exception.
    public static let exception = "__streams.errors.exception"
    /// What happened and what to do.
    public static let message = "__streams.errors.message"
    /// The topic the record was read from.
    public static let topic = "__streams.errors.topic"
    /// The partition the record was read from.
    public static let partition = "__streams.errors.partition"
    /// The record's offset.
    public static let offset = "__streams.errors.offset"
    /// The class of the rejection.
    public static let errorClass = "creditstream.error.class"
    /// Where the record failed.
    public static let stage = "creditstream.error.stage"
    /// The field at which it failed; absent when it is about none.
    public static let field = "creditstream.error.field"
    /// The version of the program that rejected the record.
    public static let program = "creditstream.program.version"
  }

  /// Why the record has no decision.
  public var rejection: Rejection
  /// Where the record stands.
  public var source: RecordCoordinates
  /// The version of the program that rejected it.
  public var program: String

  /// Creates the headers of a rejected record.
  public init(rejection: Rejection, source: RecordCoordinates, program: String = ProgramVersion.current) {
    self.rejection = rejection
    self.source = source
    self.program = program
  }

  /// Where the record failed, which follows from the class.
  public var stage: Stage {
    switch rejection.class {
    case .scoringFailed: .score
    case .processingFailed: .process
    default: .decode
    }
  }

  /// The headers in their fixed order, values as UTF-8 text.
  public var headers: [(name: String, value: String)] {
    var headers: [(name: String, value: String)] = [
      (Name.exception, "creditstream." + rejection.class.rawValue),
      (Name.message, rejection.message),
      (Name.topic, source.topic),
      (Name.partition, String(source.partition)),
      (Name.offset, String(source.offset)),
      (Name.errorClass, rejection.class.rawValue),
      (Name.stage, stage.rawValue),
    ]
    if let field = rejection.field {
      headers.append((Name.field, field))
    }
    headers.append((Name.program, program))
    return headers
  }

  /// Reads the headers back from a dead letter; nil when one is missing or not as this program writes it.
  ///
  /// - Parameter headers: All headers of the dead letter, in order.
  public init?(headers: some Sequence<(name: String, value: String)>) {
    var last: [String: String] = [:]
    for (name, value) in headers {
      if name == Name.exception {
        // The first header of each set: what a former dead letter said does not mix with the latest.
        last.removeAll()
      }
      last[name] = value
    }
    guard let errorClass = last[Name.errorClass].flatMap(RejectionClass.init(rawValue:)),
      let message = last[Name.message],
      let topic = last[Name.topic],
      let partition = last[Name.partition].flatMap({ Int32($0) }),
      let offset = last[Name.offset].flatMap({ Int64($0) }),
      let program = last[Name.program]
    else { return nil }
    rejection = Rejection(errorClass, field: last[Name.field], message: message)
    source = RecordCoordinates(topic: topic, partition: partition, offset: offset)
    self.program = program
  }
}
