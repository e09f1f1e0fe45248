import CreditEvents
import ModelRegistry

/// Follows what the registry itself says is in force, where no topic does.
final class RegistryFollower {
  private let name: String
  private let modelSwitch: ModelSwitch
  private var known: [ModelAnnouncement]?
  private var schedule = ModelSchedule()
  /// What was wrong last, so that it is logged once.
  private var complaint: RegistryError?

  /// Follows one model.
  ///
  /// - Parameters:
  ///   - name: The model's name.
  ///   - modelSwitch: Puts what is found in force.
  init(_ name: String, _ modelSwitch: ModelSwitch) {
    self.name = name
    self.modelSwitch = modelSwitch
  }

  /// Takes the model for the start: what was put in force last, else the newest version.
  ///
  /// - Throws: `RegistryError` when the registry holds no such model or the bundle is refused.
  func start() throws {
    let registry = modelSwitch.registry
    try look(now: APIClock.wallMilliseconds())
    guard modelSwitch.models.current == nil else { return }
    guard let newest = try registry.versions(of: name).last else {
      throw RegistryError(
        .notFound,
        registry.root + "/" + name,
        "there is no such model: train one with --registry first"
      )
    }
    modelSwitch.put(try registry.bundle(name, version: "\(newest)"))
  }

  /// Looks once for something new.
  ///
  /// - Throws: `RegistryError` when the file that says so is refused; once for each cause.
  func look(now: Int64) throws {
    let all: [ModelAnnouncement]
    do throws(RegistryError) {
      all = try modelSwitch.registry.activations(of: name)
      complaint = nil
    } catch {
      guard complaint != error else { return }
      complaint = error
      throw error
    }
    if all != known {
      let old = known ?? []
      // The file only grows at its end; when its old entries were cut off, all of it is new.
      let added = all.starts(with: old) ? all[old.count...] : all.suffix(1)
      known = all
      for announcement in added { schedule.add(announcement) }
    }
    modelSwitch.take(schedule.due(at: now))
  }

  /// The name of the model to serve: the one that the settings say, else the only one there is.
  ///
  /// - Throws: `RegistryError` when there is none, or more than one.
  static func name(in registry: ModelRegistry, settings: APISettings) throws(RegistryError) -> String {
    if let name = settings.model { return name }
    let names = try registry.models()
    guard let only = names.first, names.count == 1 else {
      throw RegistryError(
        .invalidName,
        registry.root,
        names.isEmpty
          ? "holds no model: train one with --registry first"
          : "holds \(names.joined(separator: ", ")): say which one to serve with --model or the setting model"
      )
    }
    return only
  }
}
