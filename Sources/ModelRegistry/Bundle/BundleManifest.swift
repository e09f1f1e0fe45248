public import CreditEvents
public import StrictJSON

/// The table of contents of a bundle: what it is, when and from what it was made, and the SHA-256 of every file.
public struct BundleManifest: Sendable, Equatable {
  /// The layout of the manifest.
  public static let schemaVersion = 1

  /// One file of the bundle.
  public struct Entry: Sendable, Equatable {
    /// Which file.
    public var file: BundleFile
    /// Its length.
    public var byteCount: Int
    /// Its SHA-256, 64 lower-case hexadecimal digits.
    public var sha256: String
  }

  /// Name, version and identity of the bundle.
  public var model: ModelIdentity
  /// When it was made, as ISO 8601 in UTC.
  public var created: String
  /// The version of the program that made it.
  public var program: String
  /// The files, in the order of ``BundleFile``.
  public var entries: [Entry]
  /// What the trainer says about data, parameters, metrics and libraries: one JSON object, kept as it is.
  public var training: [UInt8]

  /// Writes the manifest.
  ///
  /// - Parameter writer: Receives one JSON object.
  /// - Throws: `JSONError` when ``training`` is not JSON.
  public func encode(into writer: inout JSONWriter) throws {
    writer.beginObject()
    writer.member("schema", Self.schemaVersion)
    writer.member("name", model.name)
    writer.member("version", model.version)
    writer.member("sha256", model.sha256)
    writer.member("created", created)
    writer.member("program", program)
    writer.key("files")
    writer.beginArray()
    for entry in entries {
      writer.beginObject()
      writer.member("name", entry.file.rawValue)
      writer.member("bytes", entry.byteCount)
      writer.member("sha256", entry.sha256)
      writer.endObject()
    }
    writer.endArray()
    writer.key("training")
    try JSONParser(limits: .document).withRoot(of: training) { writer.value($0) }
    writer.endObject()
  }

  /// Reads a manifest, strictly.
  ///
  /// - Parameter json: The manifest's object.
  /// - Throws: `JSONError` with the path of what is missing, unknown or of the wrong kind.
  public init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    let schema = try object.required("schema")
    guard try schema.requireInt() == Self.schemaVersion else {
      throw schema.failure(
        .invalidValue,
        "this program reads layout \(Self.schemaVersion): use the one that wrote it"
      )
    }
    model = ModelIdentity(
      name: try object.required("name").requireString(),
      version: try object.required("version").requireString(),
      sha256: try object.required("sha256").requireString()
    )
    created = try object.required("created").requireString()
    program = try object.required("program").requireString()
    let files = try object.required("files")
    entries = try files.array(of: Entry.init(json:))
    guard Set(entries.map(\.file)).count == entries.count else {
      throw files.failure(.invalidValue, "names a file twice")
    }
    let training = try object.required("training")
    guard training.kind == .object else { throw training.failure(.wrongType, "is no object") }
    var writer = JSONWriter()
    writer.value(training)
    self.training = writer.bytes
    try object.finish()
  }

  init(model: ModelIdentity, created: String, program: String, entries: [Entry], training: [UInt8]) {
    self.model = model
    self.created = created
    self.program = program
    self.entries = entries
    self.training = training
  }
}

extension BundleManifest.Entry {
  fileprivate init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    let name = try object.required("name")
    guard let file = BundleFile(rawValue: try name.requireString()) else {
      throw name.failure(.invalidValue, "is no file of a bundle")
    }
    self.file = file
    byteCount = try object.required("bytes").requireInt()
    sha256 = try object.required("sha256").requireString()
    try object.finish()
  }
}
