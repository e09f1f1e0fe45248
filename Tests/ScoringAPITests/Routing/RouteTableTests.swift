import NIOCore
import NIOHTTP1
import TestSupport
import Testing

@testable import ScoringAPI

@Suite("RouteTable")
struct RouteTableTests {
  private static func route(_ path: String, _ access: Route.Access?) -> Route {
    Route(.GET, path, access: access, summary: "") { _, _ in .now(Reply(body: ByteBuffer())) }
  }

  @Test("A route without a scope is refused at the start")
  func scopesAreNeeded() {
    #expect(throws: ScoringAPIError.self) { try RouteTable([Self.route("/a", nil)]) }
    #expect(throws: ScoringAPIError.self) {
      try RouteTable([Self.route("/a", .open), Self.route("/a", .open)])
    }
  }

  @Test("Every route of the API says who may call it; what decides or tells about models needs a scope")
  func routesHaveScopes() throws {
    let table = try RouteTable(Routes.all(APISettings()))
    for route in table.routes where route.path.hasPrefix("/v1") || route.path == "/metrics" {
      #expect(route.access != .open, "\(route.path)")
    }
  }

  @Test("Parameters are read, other methods are told apart from other paths")
  func matching() throws {
    let table = try RouteTable(Routes.all(APISettings()))
    guard case .found(let route, let parameters) = table.match(.GET, "/v1/models/12/card") else {
      Issue.record("not found")
      return
    }
    #expect(table.routes[route].path == "/v1/models/{version}/card" && parameters == ["12"])
    guard case .found(let rollback, []) = table.match(.POST, "/v1/models/rollback") else {
      Issue.record("not found")
      return
    }
    #expect(table.routes[rollback].path == "/v1/models/rollback")
    guard case .otherMethods([.POST]) = table.match(.GET, "/v1/decisions") else {
      Issue.record("not refused")
      return
    }
    guard case .found = table.match(.HEAD, "/docs"), case .none = table.match(.GET, "/v1/models//card"),
      case .none = table.match(.GET, "/nothing")
    else {
      Issue.record("matched wrongly")
      return
    }
  }
}
