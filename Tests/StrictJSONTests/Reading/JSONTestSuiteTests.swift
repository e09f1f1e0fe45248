import Foundation
import StrictJSON
import Testing

/// Nicolas Seriot's JSONTestSuite, where a copy is at hand (`JSON_TEST_SUITE` names its folder `test_parsing`).
@Suite struct JSONTestSuiteTests {
  @Test("All y_ cases but the two with duplicate keys are read, all n_ cases are refused")
  func suite() throws {
    guard let folder = ProcessInfo.processInfo.environment["JSON_TEST_SUITE"] else {
      print("skipped JSONTestSuite: set JSON_TEST_SUITE to its folder test_parsing")
      return
    }
    var counts: [Character: (read: Int, refused: Int)] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
      let document = try Data(contentsOf: URL(filePath: folder).appending(path: name))
      let error = refusal(of: Array(document))
      let kind = try #require(name.first)
      if error == nil {
        counts[kind, default: (0, 0)].read += 1
      } else {
        counts[kind, default: (0, 0)].refused += 1
      }
      switch kind {
      case "y": #expect(error == nil || error?.code == .duplicateKey, "\(name)")
      case "n": #expect(error != nil, "\(name)")
      default: print(name, error?.code.rawValue ?? "read")
      }
    }
    print(counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" })
    #expect(counts["y"]?.refused == 2)
  }
}
