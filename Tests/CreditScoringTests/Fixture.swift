import Foundation
import StrictJSON

/// The files beside this one; Fixtures/make.py says how they were made.
enum Fixture {
  static func bytes(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    return Array(try Data(contentsOf: folder.appending(path: name)))
  }

  static func read<R>(_ name: String, _ body: (JSONValue) throws -> R) throws -> R {
    try JSONParser(limits: .document).withRoot(of: bytes(name), body)
  }
}

extension JSONValue {
  func doubles(_ key: String) throws -> [Double] {
    try self[key]?.array().map { try $0.requireDouble() } ?? []
  }
}
