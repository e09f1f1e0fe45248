public import CreditEvents
internal import Glibc
internal import StrictJSON

/// Which bundle is in force where no models topic says so: `ROOT/NAME/active.json`.
///
/// The file holds the announcements that a topic would hold, oldest first, so that going back works the same way.
extension ModelRegistry {
  /// The file beside the versions of a model.
  private static let activationFile = "active.json"
  private static let maximumActivations = 1_000

  /// What was put in force, oldest first; empty when nothing was.
  ///
  /// - Parameter name: The model's name.
  /// - Returns: The announcements.
  /// - Throws: ``RegistryError`` when the file is not what ``activate(_:)`` writes.
  public func activations(of name: String) throws(RegistryError) -> [ModelAnnouncement] {
    guard Self.isValid(name: name) else { throw RegistryError(.invalidName, name, "is no name of a model") }
    let path = "\(root)/\(name)/\(Self.activationFile)"
    guard access(path, F_OK) == 0 else { return [] }
    let bytes = try RegularFile.read(path, maximumBytes: 4 << 20)
    do {
      return try JSONParser(limits: .document).withRoot(of: bytes) { root in
        try root.array(of: ModelAnnouncement.init(json:))
      }
    } catch {
      throw RegistryError(.invalidContent, path, "\(error): put a model in force again")
    }
  }

  /// Puts a bundle in force for every process that reads this registry and follows no topic.
  ///
  /// - Parameter announcement: What is put in force, as ``announcement(of:activeFromMilliseconds:isRollback:)`` says it.
  /// - Throws: ``RegistryError`` when the file cannot be written; what was in force stays so.
  public func activate(_ announcement: ModelAnnouncement) throws(RegistryError) {
    let name = announcement.model.name
    var all = try activations(of: name)
    all.append(announcement)
    var writer = JSONWriter(pretty: true)
    writer.beginArray()
    for announcement in all.suffix(Self.maximumActivations) {
      announcement.encode(into: &writer)
    }
    writer.endArray()
    try DurableFolder.replaceFile(Self.activationFile, in: "\(root)/\(name)", with: writer.bytes)
  }
}
