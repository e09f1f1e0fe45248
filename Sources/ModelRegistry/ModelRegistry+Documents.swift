internal import CreditEvents
internal import Foundation
internal import StrictJSON

/// Reading what people ask about a bundle, without loading what decides.
extension ModelRegistry {
  /// Reads the manifest of a bundle; its other files are not looked at.
  ///
  /// - Parameters:
  ///   - name: The model's name.
  ///   - version: The version.
  /// - Returns: The manifest.
  /// - Throws: ``RegistryError`` `notFound` when there is no such version, else why the manifest is refused.
  public func manifest(_ name: String, version: String) throws(RegistryError) -> BundleManifest {
    let path = try folder(name, version)
    let file = path + "/" + BundleFile.manifest
    let bytes = try RegularFile.read(file, maximumBytes: 16 << 20)
    do {
      return try JSONParser(limits: .document).withRoot(of: bytes) { try BundleManifest(json: $0) }
    } catch {
      throw RegistryError(.invalidContent, file, "\(error)")
    }
  }

  /// Reads the card of a bundle, if it has one.
  ///
  /// - Parameters:
  ///   - name: The model's name.
  ///   - version: The version.
  /// - Returns: The bytes of the HTML page; nil when the manifest names none.
  /// - Throws: ``RegistryError`` when there is no such version, or the card is not the one that the manifest names.
  public func card(_ name: String, version: String) throws(RegistryError) -> [UInt8]? {
    let manifest = try manifest(name, version: version)
    guard let entry = manifest.entries.first(where: { $0.file == .card }) else { return nil }
    let file = try folder(name, version) + "/" + BundleFile.card.rawValue
    let bytes = try RegularFile.read(file, maximumBytes: BundleFile.card.maximumBytes)
    guard bytes.count == entry.byteCount, Digest.sha256(bytes) == entry.sha256 else {
      throw RegistryError(.wrongDigest, file, "is not the file that the manifest names: restore the bundle")
    }
    return bytes
  }

  /// The folder of a bundle that exists.
  private func folder(_ name: String, _ version: String) throws(RegistryError) -> String {
    let path = "\(root)/\(name)/\(version)"
    guard Self.isValid(name: name), Self.isValid(name: version) else {
      throw RegistryError(.invalidName, "\(name)/\(version)", "is no name and version of a model")
    }
    guard let number = Int(version), try versions(of: name).contains(number), String(number) == version else {
      throw RegistryError(.notFound, path, "there is no such version")
    }
    try RegularFile.requireFolder("\(root)/\(name)")
    try RegularFile.requireFolder(path)
    return path
  }
}
