import Foundation
import TestSupport
import Testing
import XGBoost

@testable import TreeEnsemble

/// Damaged files of every format: each is refused, or read as the very model that its library reads.
///
/// Twenty kinds of damage with 25 seeds each; `FAULTS=full` makes it 500 seeds.
@Suite("Hostile model files", .serialized)
struct HostileFileTests {
  private static let seedCount = ProcessInfo.processInfo.environment["FAULTS"] == "full" ? 500 : 25

  /// A small file of one format.
  struct Source: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    var isXGBoost = true

    static func all() throws -> [Source] {
      let booster = try ZooModel.small.train()
      let fixtures = try Fixture.all("xgboost-1.7.6") + Fixture.all("xgboost-3.4.1") + Fixture.all("lightgbm")
      func fixture(_ name: String) throws -> [UInt8] {
        try #require(fixtures.first { $0.name.contains(name) }).model
      }
      return try [
        Source(testDescription: "JSON", bytes: booster.encoded(as: .json)),
        Source(testDescription: "UBJSON", bytes: booster.encoded(as: .ubj)),
        Source(testDescription: "categorical JSON", bytes: fixture("1.7.6-categorical")),
        Source(testDescription: "dart JSON", bytes: fixture("1.7.6-dart")),
        Source(testDescription: "UBJSON of 3.4", bytes: fixture("3.4.1-categorical"), isXGBoost: false),
        Source(testDescription: "LightGBM", bytes: fixture("lightgbm-4.6.0-categorical"), isXGBoost: false),
      ]
    }
  }

  @Test(
    "A mutated file is refused, or predicts what its library predicts",
    arguments: try Source.all(),
    Mutation.allCases
  )
  func mutated(_ source: Source, _ mutation: Mutation) throws {
    var refused = 0
    for seed in 0..<Self.seedCount {
      var random = SplitMix64(seed: UInt64(seed))
      let changed = mutation.apply(to: source.bytes, random: &random)
      if try !isRead(changed, hasOracle: source.isXGBoost, "\(mutation), seed \(seed)") { refused += 1 }
    }
    // Other kinds may leave the model what it was, or make another one of it.
    if mutation == .truncate, source.testDescription != "LightGBM" { #expect(refused == Self.seedCount) }
  }

  @Test("Every truncation is refused, or loses nothing that predictions need", arguments: try Source.all())
  func truncated(_ source: Source) throws {
    let whole = try TreeEnsemble(anyFormat: source.bytes)
    let row = [Float](repeating: 1, count: whole.featureCount)
    var readCount = 0
    for end in 0..<source.bytes.count {
      guard let ensemble = try? TreeEnsemble(anyFormat: Array(source.bytes[..<end])) else { continue }
      readCount += 1
      #expect(ensemble.margin(ofRow: row).bitPattern == whole.margin(ofRow: row).bitPattern)
    }
    // Only LightGBM writes what nobody needs below its trees.
    #expect(readCount == 0 || !source.testDescription.contains("JSON"))
  }

  @Test("No damage makes a reader take 256 MiB", .enabled(if: PeakMemory.canReset))
  func memory() throws {
    let mutations = try Source.all().flatMap { source in
      Mutation.allCases.flatMap { mutation in
        (1000..<1005).map { seed in
          var random = SplitMix64(seed: UInt64(seed))
          return mutation.apply(to: source.bytes, random: &random)
        }
      }
    }
    // Files of a few bytes that promise a lot.
    let starts = [
      "{L\u{7F}", "[$d#L\u{7F}", "{i\u{1}a[$l#l\u{7F}", "tree\nversion=v4\nmax_feature_idx=1048575\n",
    ]
    let promises = starts.map { Array($0.utf8) + Array(repeating: 0x7F, count: 40) }
    for promise in promises {
      #expect(throws: ModelFormatError.self) { try TreeEnsemble(anyFormat: promise) }
    }
    var most = 0
    for file in mutations + promises {
      let before = PeakMemory.reset()
      _ = try? TreeEnsemble(anyFormat: file)
      most = max(most, PeakMemory.kilobytes() - before)
    }
    #expect(most < 256 * 1024, "\(most) KiB, with what other tests took meanwhile")
  }

  /// Whether the file was read; if so, in less than a second and with the margins of its library.
  private func isRead(_ bytes: [UInt8], hasOracle: Bool, _ name: String) throws -> Bool {
    let clock = ContinuousClock()
    let start = clock.now
    let ensemble: TreeEnsemble
    do throws(ModelFormatError) {
      ensemble = try TreeEnsemble(anyFormat: bytes)
    } catch {
      #expect(start.duration(to: clock.now) < .seconds(1), "refusing took long: \(name)")
      return false
    }
    var row = (0..<ensemble.featureCount).map { Float($0 % 5) - 0.5 }
    row[0] = .nan
    let isFinite = ensemble.contributions(ofRow: row).allSatisfy { $0.isFinite }
    let margin = ensemble.margin(ofRow: row)
    #expect(margin.isFinite && isFinite, "\(name)")
    #expect(start.duration(to: clock.now) < .seconds(1), "reading took long: \(name)")
    // libxgboost refuses some numbers that are read here, such as ones with a plus sign.
    guard hasOracle, let booster = try? Booster(model: bytes),
      let expected = try? booster.margins(ofRows: row, rowCount: 1)
    else { return true }
    #expect(margin.bitPattern == expected[0].bitPattern, "\(name): \(margin), not \(expected[0])")
    return true
  }
}

/// The most memory that this process held at once since the last reset, as Linux counts it.
private enum PeakMemory {
  /// Whether the system lets a process reset its peak.
  static var canReset: Bool {
    guard FileManager.default.isWritableFile(atPath: "/proc/self/clear_refs") else {
      print("skipped the peak memory of hostile files: /proc/self/clear_refs cannot be written")
      return false
    }
    return true
  }

  /// Starts again; gives what is held now, in KiB.
  static func reset() -> Int {
    try? Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
    return kilobytes()
  }

  static func kilobytes() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
  }
}
