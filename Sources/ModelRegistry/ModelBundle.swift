internal import CreditEvents
public import CreditScoring
internal import FeaturePipeline
internal import StrictJSON
internal import TreeEnsemble

/// A bundle read from disk, checked and ready to decide.
public struct ModelBundle: Sendable {
  /// What the bundle is, and what it was made from.
  public let manifest: BundleManifest
  /// What decides.
  public let model: ScoringModel
  /// What the population looked like at training; nil in a bundle that has none, whose drift cannot be watched.
  public let reference: DriftReference?
  /// The bundle's folder.
  public let path: String
  /// The applications that every load replays, as JSON; some were made from rows of the training table.
  public let goldenEvents: [String]

  /// Reads and checks a bundle; nothing in it is trusted.
  ///
  /// Every file is read once, without following links, and parsed from the very bytes that were hashed. Digests,
  /// the bundle's identity, the fit of the parts and the golden vectors are checked; what is left is a model that
  /// decides as it did where it was made.
  ///
  /// - Parameter path: The bundle's folder.
  /// - Throws: ``RegistryError`` with the file and what to do.
  public init(at path: String) throws(RegistryError) {
    let manifestPath = path + "/" + BundleFile.manifest
    let manifestBytes = try RegularFile.read(manifestPath, maximumBytes: 16 << 20)
    let manifest = try Self.parsed(manifestBytes, manifestPath) { try BundleManifest(json: $0) }
    var contents: [BundleFile: [UInt8]] = [:]
    for entry in manifest.entries {
      let file = path + "/" + entry.file.rawValue
      let bytes = try RegularFile.read(file, maximumBytes: entry.file.maximumBytes)
      guard bytes.count == entry.byteCount, Digest.sha256(bytes) == entry.sha256 else {
        throw RegistryError(.wrongDigest, file, "is not the file that the manifest names: restore the bundle")
      }
      contents[entry.file] = bytes
    }
    guard Digest.identity(of: manifest.entries) == manifest.model.sha256 else {
      throw RegistryError(
        .wrongDigest,
        manifestPath,
        "its identity is not that of its files: restore the bundle"
      )
    }
    try self.init(manifest, contents, path: path)
  }

  private init(
    _ manifest: BundleManifest,
    _ contents: [BundleFile: [UInt8]],
    path: String
  ) throws(RegistryError) {
    func content(_ file: BundleFile) throws(RegistryError) -> [UInt8] {
      guard let bytes = contents[file] else {
        throw RegistryError(
          .invalidContent,
          path,
          "the manifest names no \(file.rawValue): restore the bundle"
        )
      }
      return bytes
    }
    func document<T>(_ file: BundleFile, _ read: (JSONValue) throws -> T) throws(RegistryError) -> T {
      try Self.parsed(try content(file), path + "/" + file.rawValue, read)
    }
    let pipeline = try document(.pipeline) { try FittedPipeline(json: $0) }
    let calibration = try document(.calibration) { try Calibration(json: $0) }
    let policy = try document(.policy) { try Policy(json: $0) }
    let vectors = try document(.vectors) { try GoldenVectors(json: $0) }
    let modelJSON = try content(.model)
    let model: ScoringModel
    do {
      model = try ScoringModel(
        identity: manifest.model,
        pipeline: pipeline,
        ensemble: TreeEnsemble(xgboostJSON: modelJSON),
        calibration: calibration,
        policy: policy
      )
    } catch {
      throw RegistryError(.invalidContent, path, "\(error)")
    }
    do {
      reference = try contents[.reference].map { bytes in
        try JSONParser(limits: .document).withRoot(of: bytes) { try DriftReference(json: $0, of: pipeline) }
      }
    } catch {
      throw RegistryError(.invalidContent, path + "/" + BundleFile.reference.rawValue, "\(error)")
    }
    try vectors.check(against: model, path: path + "/" + BundleFile.vectors.rawValue)
    self.manifest = manifest
    self.model = model
    self.path = path
    goldenEvents = vectors.vectors.map(\.event)
  }

  private static func parsed<T>(
    _ bytes: [UInt8],
    _ path: String,
    _ read: (JSONValue) throws -> T
  ) throws(RegistryError) -> T {
    do {
      return try JSONParser(limits: .document).withRoot(of: bytes, read)
    } catch {
      throw RegistryError(.invalidContent, path, "\(error)")
    }
  }
}

extension ModelIdentity {
  /// Stands in where name and version do not matter yet.
  static let unnamed = ModelIdentity(name: "unnamed", version: "0", sha256: String(repeating: "0", count: 64))
}
