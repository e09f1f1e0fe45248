import Foundation
import NIOHTTP1
import TestSupport
import Testing

@testable import ScoringAPI

/// Holds the contract against the routes and the problems: neither may know what the other does not.
@Suite("Contract")
struct ContractTests {
  private static func contract() throws -> [Substring] {
    try String(contentsOfFile: Checkout.path("Schemas/HTTP/openapi.yaml"), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// `METHOD PATH` → scope, as the contract says it.
  private static func operations() throws -> [String: String] {
    var operations: [String: String] = [:]
    var (path, method) = ("", "")
    for line in try contract() {
      if line.hasPrefix("  /") { path = String(line.dropFirst(2).dropLast()) }
      if line.hasPrefix("components:") { break }
      if line.hasPrefix("    "), !line.hasPrefix("     "), line.hasSuffix(":") {
        method = line.dropFirst(4).dropLast().uppercased()
      }
      if line.hasPrefix("      security: []") { operations["\(method) \(path)"] = "open" }
      if line.hasPrefix("      x-scope: ") { operations["\(method) \(path)"] = String(line.dropFirst(15)) }
    }
    return operations
  }

  @Test("Contract and routes have the same calls with the same scopes")
  func routesAgree() throws {
    let routes = Routes.all(APISettings())
    let served = Dictionary(
      uniqueKeysWithValues: routes.map { ("\($0.method.rawValue) \($0.path)", $0.scopeName) }
    )
    #expect(try Self.operations() == served)
  }

  @Test("Every problem is in the contract, and the contract knows no other")
  func problemsAgree() throws {
    let text = try Self.contract().joined(separator: "\n")
    // 404 and 405 of paths that are none of the contract's cannot stand at any of its operations.
    for problem in ProblemCode.allCases where problem != .methodNotAllowed {
      #expect(text.contains(problem.rawValue), "\(problem.rawValue)")
    }
  }

  @Test("Every documented problem is reached by a test")
  func problemsAreReached() throws {
    let folder = Checkout.path("Tests/ScoringAPITests")
    let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    let texts = try files.filter { $0.hasSuffix("Tests.swift") || $0.hasSuffix("Cases.swift") }
      .filter { !$0.contains("ContractTests") }
      .map { try String(contentsOfFile: folder + "/" + $0, encoding: .utf8) }.joined()
    for problem in ProblemCode.allCases {
      #expect(texts.contains(problem.rawValue), "\(problem.rawValue)")
    }
  }

  @Test("Every status has a counter")
  func statusesAreCounted() {
    for problem in ProblemCode.allCases { #expect(APIMetrics.statuses.contains(problem.status.code)) }
  }
}
