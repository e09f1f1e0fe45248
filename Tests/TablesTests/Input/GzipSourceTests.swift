import Foundation
import TestSupport
import Testing

@testable import Tables

@Suite("GzipSource")
struct GzipSourceTests {
  static let text: [UInt8] = {
    let lines = (0..<3000).map { "\($0),\($0 * $0 % 97),\(String(repeating: "x", count: $0 % 50))\n" }
    return [UInt8](("a,b,c\n" + lines.joined()).utf8)
  }()

  static func decompressed(_ bytes: [UInt8], chunk: Int = .max) throws -> [UInt8] {
    try allBytes(of: TableInput.decompressed(MemorySource(bytes, name: "t.gz", chunk: chunk)))
  }

  @Test("One member and several members give the same bytes", arguments: ["plain.csv.gz", "members.csv.gz"])
  func members(file: String) throws {
    let compressed = try Fixture.bytes(file)
    for chunk in [1, 13, .max] { #expect(try Self.decompressed(compressed, chunk: chunk) == Self.text) }
    #expect(try allBytes(of: TableInput.open(Fixture.path(file))) == Self.text)
  }

  @Test(
    "What is not compressed passes through",
    arguments: [[], [0x1F], [0x61, 0x62, 0x63], [0x1F, 0x61]] as [[UInt8]]
  )
  func plain(bytes: [UInt8]) throws {
    #expect(try Self.decompressed(bytes) == bytes)
    #expect(try Self.decompressed(bytes, chunk: 1) == bytes)
  }

  @Test("A file that is cut anywhere is an error, never a shorter table")
  func truncation() throws {
    let compressed = try Fixture.bytes("plain.csv.gz")
    for count in 2..<compressed.count where count < 200 || count % 97 == 0 || count > compressed.count - 40 {
      #expect(throws: TableError.self, "\(count) of \(compressed.count) bytes") {
        do {
          _ = try Self.decompressed(Array(compressed[..<count]))
        } catch let error as TableError {
          #expect(error.code == .truncated, "\(count): \(error)")
          #expect(error.message.contains("cut off"))
          throw error
        }
      }
    }
  }

  @Test("A wrong bit is found by the check sums", arguments: 0..<60)
  func damage(seed: UInt64) throws {
    var source = SplitMix64(seed: seed)
    var compressed = try Fixture.bytes("plain.csv.gz")
    // The header's time, flags and system, bytes 2...9, are not covered by any check sum.
    let position = Int.random(in: 10..<compressed.count, using: &source)
    compressed[position] ^= 1 << UInt8.random(in: 0..<8, using: &source)
    #expect(throws: TableError.self, "seed \(seed)") { try Self.decompressed(compressed) }
  }

  @Test("Something else behind the last member is refused")
  func trailing() throws {
    let compressed = try Fixture.bytes("plain.csv.gz")
    #expect { try Self.decompressed(compressed + [0x61]) } throws: { ($0 as? TableError)?.code == .damaged }
    #expect { try Self.decompressed(compressed + [0, 0, 0x1F]) } throws: {
      ($0 as? TableError)?.code == .truncated
    }
    #expect(try Self.decompressed(compressed + [0, 0, 0]) == Self.text)
  }

  @Test("A file that is not there and a folder are refused with the path")
  func unopenable() {
    for path in ["/nonexistent/file.csv", Fixture.folder.path()] {
      #expect { try TableInput.open(path) } throws: { error in
        let error = error as? TableError
        return error?.code == .cannotOpen && error?.description.hasPrefix(path) == true
      }
    }
  }
}
