import CreditEvents
import CreditScoring
import FeaturePipeline
import Foundation
import StrictJSON
import TestSupport
import Testing

@testable import ModelRegistry

@Suite struct ModelRegistryTests {
  private let created = Date(timeIntervalSince1970: 1_700_000_000)

  private func register(in root: String, _ name: String = "m") throws -> ModelBundle {
    try ModelRegistry(root: root).register(name, SampleBundle.contents(), created: created)
  }

  private func code(_ body: () throws -> Void) -> RegistryError.Code? {
    do {
      try body()
      return nil
    } catch {
      return (error as? RegistryError)?.code
    }
  }

  @Test("A registered bundle reads back as what was registered, and decides")
  func roundTrip() throws {
    try withTemporaryDirectory { root in
      let bundle = try register(in: root)
      let read = try ModelRegistry(root: root).bundle("m", version: "1")
      #expect(read.manifest == bundle.manifest)
      #expect(read.manifest.created == "2023-11-14T22:13:20Z")
      #expect(read.manifest.model.name == "m" && read.manifest.model.version == "1")
      #expect(read.model.identity == read.manifest.model)
      #expect(read.model.pipeline == (try SampleBundle.contents().pipeline))
      #expect(String(decoding: read.manifest.training, as: UTF8.self) == #"{"rows":4}"#)
    }
  }

  @Test("Versions count 1, 2, 3; nothing but bundles is listed")
  func versions() throws {
    try withTemporaryDirectory { root in
      let registry = ModelRegistry(root: root)
      #expect(try registry.versions(of: "m").isEmpty)
      #expect(try (1...3).map { _ in try register(in: root).manifest.model.version } == ["1", "2", "3"])
      #expect(try register(in: root, "n").manifest.model.version == "1")
      for stray in ["m/007", "m/draft", "m/.4.1.2", ".hidden/1"] {
        try FileManager.default.createDirectory(atPath: "\(root)/\(stray)", withIntermediateDirectories: true)
      }
      #expect(try registry.versions(of: "m") == [1, 2, 3])
      #expect(try registry.models() == ["m", "n"])
    }
  }

  @Test("Equal contents have one identity, whatever version and time; other contents another")
  func identity() throws {
    try withTemporaryDirectory { root in
      let registry = ModelRegistry(root: root)
      let first = try register(in: root)
      let later = try registry.register("other", SampleBundle.contents(), created: created + 1000)
      let changed = try registry.register("m", SampleBundle.contents(slope: 1.5), created: created)
      #expect(first.manifest.model.sha256 == later.manifest.model.sha256)
      #expect(first.manifest.model.sha256 != changed.manifest.model.sha256)
    }
  }

  @Test(
    "One flipped bit in any file of a bundle is found",
    arguments: BundleFile.allCases.filter(\.isRequired)
  )
  func damage(_ file: BundleFile) throws {
    try withTemporaryDirectory { root in
      let path = try register(in: root).path + "/" + file.rawValue
      var bytes = try Data(contentsOf: URL(filePath: path))
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: URL(filePath: path))
      #expect(code { _ = try ModelRegistry(root: root).bundle("m", version: "1") } == .wrongDigest)
    }
  }

  @Test("A missing, cut, linked or special file is refused")
  func files() throws {
    try withTemporaryDirectory { root in
      let registry = ModelRegistry(root: root)
      let bundle = try register(in: root)
      let path = bundle.path + "/policy.json"
      let kept = try Data(contentsOf: URL(filePath: path))
      let load = { _ = try registry.bundle("m", version: "1") }
      try kept.dropLast().write(to: URL(filePath: path))
      #expect(code(load) == .wrongDigest)
      try FileManager.default.removeItem(atPath: path)
      #expect(code(load) == .unreadableFile)
      try kept.write(to: URL(filePath: root + "/elsewhere.json"))
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: root + "/elsewhere.json")
      #expect(code(load) == .unreadableFile)
      try FileManager.default.removeItem(atPath: path)
      #expect(mkfifo(path, 0o644) == 0)
      #expect(code(load) == .unreadableFile)
      try FileManager.default.removeItem(atPath: path)
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      #expect(code(load) == .unreadableFile)
      try FileManager.default.removeItem(atPath: path)
      try kept.write(to: URL(filePath: path))
      #expect(code(load) == nil)
    }
  }

  @Test(
    "A manifest whose digests were adapted to a changed file still fails: identity or golden vectors tell"
  )
  func forgery() throws {
    try withTemporaryDirectory { root in
      let bundle = try register(in: root)
      let path = bundle.path + "/calibration.json"
      let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
      let forged = Array(text.replacingOccurrences(of: "0.25", with: "0.26").utf8)
      #expect(forged != Array(text.utf8))
      try Data(forged).write(to: URL(filePath: path))
      var manifest = bundle.manifest
      let index = try #require(manifest.entries.firstIndex { $0.file == .calibration })
      manifest.entries[index].sha256 = Digest.sha256(forged)
      try write(manifest, to: bundle.path)
      let load = { _ = try ModelRegistry(root: root).bundle("m", version: "1") }
      #expect(code(load) == .wrongDigest)
      manifest.model.sha256 = Digest.identity(of: manifest.entries)
      try write(manifest, to: bundle.path)
      #expect(code(load) == .vectorsDiffer)
    }
  }

  @Test("A bundle that was moved or copied to another name or version is refused")
  func moved() throws {
    try withTemporaryDirectory { root in
      let path = try register(in: root).path
      try FileManager.default.copyItem(atPath: path, toPath: root + "/m/2")
      #expect(code { _ = try ModelRegistry(root: root).bundle("m", version: "2") } == .invalidContent)
    }
  }

  @Test("A folder of a model or version that is a link is refused: it could lead out of the registry")
  func linkedFolders() throws {
    try withTemporaryDirectory { root in
      let inside = root + "/registry"
      _ = try register(in: root + "/outside")
      try FileManager.default.createDirectory(atPath: inside + "/m", withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: inside + "/m/1",
        withDestinationPath: root + "/outside/m/1"
      )
      #expect(code { _ = try ModelRegistry(root: inside).bundle("m", version: "1") } == .unreadableFile)
      try FileManager.default.removeItem(atPath: inside + "/m")
      try FileManager.default.createSymbolicLink(
        atPath: inside + "/m",
        withDestinationPath: root + "/outside/m"
      )
      #expect(code { _ = try ModelRegistry(root: inside).bundle("m", version: "1") } == .unreadableFile)
    }
  }

  @Test(
    "Names that could lead elsewhere are refused",
    arguments: ["", ".", "..", "a/b", "../m", ".m", "m\0", "é", "m n"]
  )
  func names(_ name: String) throws {
    try withTemporaryDirectory { root in
      #expect(code { _ = try register(in: root, name) } == .invalidName)
      #expect(code { _ = try ModelRegistry(root: root).bundle(name, version: "1") } == .invalidName)
      #expect(code { _ = try ModelRegistry(root: root).bundle("m", version: name) } == .invalidName)
    }
    #expect(code { _ = try register(in: "/nowhere", String(repeating: "m", count: 65)) } == .invalidName)
  }

  @Test("What cannot be registered leaves nothing behind")
  func nothingLeft() throws {
    try withTemporaryDirectory { root in
      let registry = ModelRegistry(root: root)
      #expect(code { _ = try registry.register("m", SampleBundle.contents(events: [])) } == .invalidContent)
      #expect(
        code { _ = try registry.register("m", SampleBundle.contents(events: ["{}"])) } == .invalidContent
      )
      var contents = try SampleBundle.contents()
      contents.training = Array("[1".utf8)
      #expect(code { _ = try registry.register("m", contents) } == .invalidContent)
      contents.modelJSON = Array("{}".utf8)
      #expect(code { _ = try registry.register("m", contents) } == .invalidContent)
      let left = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
      #expect(left.allSatisfy { $0 == "m" })
    }
  }

  @Test("A version is written once")
  func existing() throws {
    try withTemporaryDirectory { root in
      let first = try DurableFolder(parent: root + "/m", name: "1")
      let second = try DurableFolder(parent: root + "/m", name: "1")
      try first.write([1], to: "manifest.json")
      try second.write([2], to: "manifest.json")
      try first.publish()
      #expect(code { try second.publish() } == .versionExists)
      second.discard()
      #expect(try FileManager.default.contentsOfDirectory(atPath: root + "/m") == ["1"])
      #expect(try Data(contentsOf: URL(filePath: root + "/m/1/manifest.json")) == Data([1]))
    }
  }

  @Test("An announcement leads to the very bundle that it names, or to none")
  func announcements() throws {
    try withTemporaryDirectory { root in
      let registry = ModelRegistry(root: root)
      let bundle = try register(in: root)
      var announcement = registry.announcement(of: bundle, activeFromMilliseconds: 5)
      #expect(try registry.bundle(for: announcement).manifest == bundle.manifest)
      announcement.path = "m/2"
      #expect(code { _ = try registry.bundle(for: announcement) } == .invalidName)
      announcement.path = "m/1"
      announcement.model.sha256 = String(repeating: "0", count: 64)
      #expect(code { _ = try registry.bundle(for: announcement) } == .wrongDigest)
      announcement.model.version = "2"
      announcement.path = "m/2"
      #expect(code { _ = try registry.bundle(for: announcement) } == .notFound)
    }
  }

  private func write(_ manifest: BundleManifest, to folder: String) throws {
    var writer = JSONWriter(pretty: true)
    try manifest.encode(into: &writer)
    try Data(writer.bytes).write(to: URL(filePath: folder + "/manifest.json"))
  }
}
