public import CreditEvents
internal import FeaturePipeline
public import Foundation
internal import StrictJSON

/// Model bundles on disk: `ROOT/NAME/VERSION/`, versions counted 1, 2, 3, … .
///
/// Registering a bundle puts nothing in force: that is done by announcing it on the models topic.
public struct ModelRegistry: Sendable {
  /// The folder that holds everything.
  public let root: String

  /// A registry in a folder, which is made when the first bundle is registered.
  ///
  /// - Parameter root: The folder.
  public init(root: String) {
    self.root = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
  }

  /// Whether a text may name a model or version: 1 to 64 of `A-Z a-z 0-9 . _ -`, not starting with a dot.
  ///
  /// - Parameter name: The text.
  /// - Returns: Whether it may.
  public static func isValid(name: String) -> Bool {
    (1...64).contains(name.utf8.count) && !name.hasPrefix(".")
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  /// Writes a bundle as the next version of a model, whole or not at all, and reads it back as every scorer will.
  ///
  /// - Parameters:
  ///   - name: The model's name.
  ///   - contents: What goes into the bundle.
  ///   - created: When it was made.
  /// - Returns: The bundle as read back.
  /// - Throws: ``RegistryError`` when a part is refused or the disk fails; nothing is left behind.
  public func register(
    _ name: String,
    _ contents: BundleContents,
    created: Date = .now
  ) throws(RegistryError) -> ModelBundle {
    guard Self.isValid(name: name) else {
      throw RegistryError(
        .invalidName,
        name,
        "is no name of a model: use 1 to 64 letters, digits, '.', '_' or '-'"
      )
    }
    let files: [(file: BundleFile, bytes: [UInt8])]
    do {
      files = try contents.files()
    } catch let error as RegistryError {
      throw error
    } catch {
      throw RegistryError(.invalidContent, name, "\(error)")
    }
    let version = String((try versions(of: name).last ?? 0) + 1)
    let folder = try DurableFolder(parent: root + "/" + name, name: version)
    do throws(RegistryError) {
      for (file, bytes) in files { try folder.write(bytes, to: file.rawValue) }
      try folder.write(
        try Self.manifest(name, version, files, contents.training, created),
        to: BundleFile.manifest
      )
      _ = try ModelBundle(at: folder.staging)
      try folder.publish()
    } catch {
      folder.discard()
      throw error
    }
    return try bundle(name, version: version)
  }

  private static func manifest(
    _ name: String,
    _ version: String,
    _ files: [(file: BundleFile, bytes: [UInt8])],
    _ training: [UInt8],
    _ created: Date
  ) throws(RegistryError) -> [UInt8] {
    let entries = files.map { file, bytes in
      BundleManifest.Entry(file: file, byteCount: bytes.count, sha256: Digest.sha256(bytes))
    }
    let manifest = BundleManifest(
      model: ModelIdentity(name: name, version: version, sha256: Digest.identity(of: entries)),
      created: created.formatted(.iso8601),
      program: ProgramVersion.current,
      entries: entries,
      training: training
    )
    var writer = JSONWriter(pretty: true)
    do {
      try manifest.encode(into: &writer)
    } catch {
      throw RegistryError(
        .invalidContent,
        BundleFile.manifest,
        "what the trainer says is no JSON object: \(error)"
      )
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// The names of the models, sorted.
  ///
  /// - Throws: ``RegistryError`` `notFound` when there is no registry.
  public func models() throws(RegistryError) -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: root) else {
      throw RegistryError(.notFound, root, "is no registry: train a model with --registry first")
    }
    return names.filter { Self.isValid(name: $0) && !versionNumbers(of: $0).isEmpty }.sorted()
  }

  /// The versions of a model, ascending; empty when there is no such model.
  ///
  /// - Parameter name: The model's name.
  /// - Returns: The versions, ascending.
  /// - Throws: ``RegistryError`` `invalidName`.
  public func versions(of name: String) throws(RegistryError) -> [Int] {
    guard Self.isValid(name: name) else {
      throw RegistryError(.invalidName, name, "is no name of a model")
    }
    return versionNumbers(of: name)
  }

  private func versionNumbers(of name: String) -> [Int] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: root + "/" + name)) ?? []
    return entries.compactMap { entry in
      // "007" and "+7" are not how a version is written.
      Int(entry).flatMap { $0 > 0 && String($0) == entry ? $0 : nil }
    }.sorted()
  }

  /// Reads and checks one bundle.
  ///
  /// - Parameters:
  ///   - name: The model's name.
  ///   - version: The version.
  /// - Returns: The bundle.
  /// - Throws: ``RegistryError`` when there is none or it is refused.
  public func bundle(_ name: String, version: String) throws(RegistryError) -> ModelBundle {
    guard Self.isValid(name: name), Self.isValid(name: version) else {
      throw RegistryError(.invalidName, "\(name)/\(version)", "is no name and version of a model")
    }
    let path = "\(root)/\(name)/\(version)"
    guard FileManager.default.fileExists(atPath: path) else {
      let known = versionNumbers(of: name).map(String.init).joined(separator: ", ")
      throw RegistryError(
        .notFound,
        path,
        known.isEmpty ? "there is no such model" : "there is only version \(known)"
      )
    }
    try RegularFile.requireFolder("\(root)/\(name)")
    try RegularFile.requireFolder(path)
    let bundle = try ModelBundle(at: path)
    guard bundle.manifest.model.name == name, bundle.manifest.model.version == version else {
      throw RegistryError(
        .invalidContent,
        path,
        "its manifest says \(bundle.manifest.model.name)/\(bundle.manifest.model.version): it was moved or copied"
      )
    }
    return bundle
  }

  /// Reads the bundle that an announcement names, and checks that it is the very one.
  ///
  /// - Parameter announcement: The announcement.
  /// - Returns: The bundle.
  /// - Throws: ``RegistryError`` when there is none, it is refused, or it has another identity.
  public func bundle(for announcement: ModelAnnouncement) throws(RegistryError) -> ModelBundle {
    let expected = announcement.model.name + "/" + announcement.model.version
    guard announcement.path == expected else {
      throw RegistryError(.invalidName, announcement.path, "is not where \(expected) lies in a registry")
    }
    let bundle = try bundle(announcement.model.name, version: announcement.model.version)
    guard bundle.manifest.model == announcement.model else {
      throw RegistryError(.wrongDigest, bundle.path, "is another bundle than the one that was announced")
    }
    return bundle
  }

  /// The announcement that puts a bundle in force.
  ///
  /// - Parameters:
  ///   - bundle: A bundle of this registry.
  ///   - activeFromMilliseconds: From which record time on it decides, milliseconds since 1970.
  ///   - isRollback: Whether it may replace a newer version.
  /// - Returns: The announcement, for the models topic.
  public func announcement(
    of bundle: ModelBundle,
    activeFromMilliseconds: Int64,
    isRollback: Bool = false
  ) -> ModelAnnouncement {
    let model = bundle.manifest.model
    return ModelAnnouncement(
      model: model,
      path: model.name + "/" + model.version,
      activeFromMilliseconds: activeFromMilliseconds,
      isRollback: isRollback
    )
  }
}
