/// The headers that are added to a record which can have no decision.
///
/// The dead letter keeps the record's key, value, timestamp and headers untouched, unless ``cut`` says otherwise. Provenance has
/// the names of Kafka Streams (`__streams.errors.*`), so that tools which know them work; what those do not say has names of
/// ours. A record that was a dead letter before has the headers twice: the last of a name counts.
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

  /// The names of the headers; those of a cut are ``DeadLetterCut``'s.
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
    /// How often the record was tried.
    public static let attempts = "creditstream.attempts"
    /// The version of the program that rejected the record.
    public static let program = "creditstream.program.version"
    /// The name of the model in force; absent when none was.
    public static let modelName = "creditstream.model.name"
    /// The version of the model in force; absent when none was.
    public static let modelVersion = "creditstream.model.version"
  }

  /// A model by name and version.
  public struct Model: Sendable, Equatable {
    /// Its name.
    public var name: String
    /// Its version.
    public var version: String

    /// Names a model.
    public init(name: String, version: String) {
      self.name = name
      self.version = version
    }
  }

  /// Why the record has no decision.
  public var rejection: Rejection
  /// Where the record stands.
  public var source: RecordCoordinates
  /// How often the record was tried: 1, or more when its transaction failed.
  public var attempts: Int
  /// The version of the program that rejected it.
  public var program: String
  /// The model that was in force; nil when none was.
  public var model: Model?
  /// What is not whole; nil when everything is.
  public var cut: DeadLetterCut?

  /// Creates the headers of a rejected record.
  public init(
    rejection: Rejection,
    source: RecordCoordinates,
    attempts: Int = 1,
    program: String = ProgramVersion.current,
    model: Model? = nil,
    cut: DeadLetterCut? = nil
  ) {
    self.rejection = rejection
    self.source = source
    self.attempts = attempts
    self.program = program
    self.model = model
    self.cut = cut
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
    headers.append((Name.attempts, String(attempts)))
    headers.append((Name.program, program))
    if let model {
      headers.append((Name.modelName, model.name))
      headers.append((Name.modelVersion, model.version))
    }
    if let cut { headers += cut.headers }
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
      let attempts = last[Name.attempts].flatMap({ Int($0) }),
      let program = last[Name.program]
    else { return nil }
    rejection = Rejection(errorClass, field: last[Name.field], message: message)
    source = RecordCoordinates(topic: topic, partition: partition, offset: offset)
    self.attempts = attempts
    self.program = program
    if let name = last[Name.modelName], let version = last[Name.modelVersion] {
      model = Model(name: name, version: version)
    }
    cut = DeadLetterCut(headers: last)
  }
}
