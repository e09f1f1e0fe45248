public import StrictJSON

/// That a model bundle takes effect: the value on the models topic.
///
/// The path leads from the registry's root to the bundle and never out of it; a URL is refused, so that nobody
/// who can write to the topic can make scorers load code or data from elsewhere.
public struct ModelAnnouncement: Sendable, Equatable {
  /// The version of the layout.
  public static let schemaVersion = 1

  /// The bundle that takes effect.
  public var model: ModelIdentity
  /// The bundle's folder, relative to the registry's root, `/` between names.
  public var path: String
  /// From which record time on it decides, in milliseconds since 1970-01-01 UTC.
  public var activeFromMilliseconds: Int64
  /// Whether it may replace a newer model: the only way back.
  public var isRollback: Bool

  /// Creates an announcement.
  public init(model: ModelIdentity, path: String, activeFromMilliseconds: Int64, isRollback: Bool = false) {
    self.model = model
    self.path = path
    self.activeFromMilliseconds = activeFromMilliseconds
    self.isRollback = isRollback
  }

  /// The key of the announcement's record: one per model and version, so that compaction keeps each.
  public var recordKey: String { model.name + "/" + model.version }

  /// Whether a path is relative to the registry and stays in it.
  ///
  /// - Parameter path: The path to judge.
  /// - Returns: False for empty, absolute and URL-like paths, and for those with an empty, `.` or `..` part.
  public static func isSafe(path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return !path.contains(":") && !path.contains("\\") && !path.unicodeScalars.contains { $0.value < 0x20 }
      && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
  }

  /// Writes the value of the announcement's record.
  ///
  /// - Parameter writer: Receives one JSON object.
  public func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("schema", Self.schemaVersion)
    writer.member("model", model.name)
    writer.member("version", model.version)
    writer.member("sha256", model.sha256)
    writer.member("path", path)
    writer.member("active_from", activeFromMilliseconds)
    writer.member("rollback", isRollback)
    writer.endObject()
  }

  /// Reads the value of an announcement's record, strictly.
  ///
  /// - Parameter json: The value, a JSON object.
  /// - Throws: `JSONError` when a member is missing, unknown or of the wrong kind, the hash is no SHA-256, or the
  ///   path leaves the registry.
  public init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    try object.requireSchema(Self.schemaVersion)
    let sha256 = try object.required("sha256")
    model = ModelIdentity(
      name: try object.required("model").requireString(),
      version: try object.required("version").requireString(),
      sha256: try sha256.requireString()
    )
    let isDigest = model.sha256.utf8.count == 64 && model.sha256.utf8.allSatisfy(Self.isLowerHexadecimal)
    guard isDigest else {
      throw sha256.failure(.invalidValue, "is no SHA-256: give 64 lower-case hexadecimal digits")
    }
    let path = try object.required("path")
    self.path = try path.requireString()
    guard Self.isSafe(path: self.path) else {
      throw path.failure(
        .invalidValue,
        "leaves the registry: give the bundle's folder relative to the registry's root"
      )
    }
    activeFromMilliseconds = Int64(try object.required("active_from").requireInt())
    isRollback = try object.required("rollback").requireBool()
    try object.finish()
  }

  private static func isLowerHexadecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
