import ArgumentParser
import CreditEvents
import ModelRegistry
import StrictJSON

/// `creditstream model list`: every bundle of the registry, refused ones too.
struct ModelListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the registered models and whether each can be used.",
    discussion: "Example:  creditstream model list --registry models"
  )

  @OptionGroup var options: RegistryOptions

  @Flag(help: "Print JSON.")
  var json = false

  private struct Row {
    var name: String
    var version: String
    var bundle: Result<ModelBundle, RegistryError>
  }

  func run() throws {
    let registry = ModelRegistry(root: options.registry)
    var rows: [Row] = []
    for name in try registry.models() {
      for version in try registry.versions(of: name) {
        let bundle = Result { () throws(RegistryError) in try registry.bundle(name, version: String(version))
        }
        rows.append(Row(name: name, version: String(version), bundle: bundle))
      }
    }
    Terminal.print(json ? Self.json(rows) : Self.table(rows))
  }

  private static func table(_ rows: [Row]) -> String {
    Terminal.table(
      [["model", "version", "created", "identity", "state"]]
        + rows.map { row in
          switch row.bundle {
          case .success(let bundle):
            [
              row.name, row.version, bundle.manifest.created, String(bundle.manifest.model.sha256.prefix(12)),
              "usable",
            ]
          case .failure(let error): [row.name, row.version, "", "", "refused: \(error)"]
          }
        }
    )
  }

  private static func json(_ rows: [Row]) -> String {
    var writer = JSONWriter(pretty: true)
    writer.beginArray()
    for row in rows {
      writer.beginObject()
      writer.member("name", row.name)
      writer.member("version", row.version)
      switch row.bundle {
      case .success(let bundle):
        writer.member("created", bundle.manifest.created)
        writer.member("sha256", bundle.manifest.model.sha256)
        writer.member("usable", true)
      case .failure(let error):
        writer.member("usable", false)
        writer.member("refused", "\(error)")
      }
      writer.endObject()
    }
    writer.endArray()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
