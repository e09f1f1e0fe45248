import NIOHTTP1

/// Finds the route of a request.
struct RouteTable: Sendable {
  /// What a path leads to.
  enum Match {
    case found(route: Int, parameters: [Substring])
    case otherMethods([HTTPMethod])
    case none
  }

  let routes: [Route]
  /// Paths without parameters, looked up whole.
  private let exact: [Substring: [Int]]
  private let templates: [(parts: [Substring], route: Int)]

  /// Checks the routes and lays them out.
  ///
  /// - Throws: ``ScoringAPIError`` `route` for a route that says not who may call it, or that stands twice.
  init(_ routes: [Route]) throws(ScoringAPIError) {
    var exact: [Substring: [Int]] = [:]
    var templates: [(parts: [Substring], route: Int)] = []
    var known: Set<String> = []
    for (index, route) in routes.enumerated() {
      guard route.access != nil else {
        throw ScoringAPIError(
          .route,
          "\(route.method) \(route.path) does not say who may call it: give it a scope"
        )
      }
      guard known.insert("\(route.method) \(route.path)").inserted else {
        throw ScoringAPIError(.route, "\(route.method) \(route.path) stands twice")
      }
      if route.path.contains("{") {
        templates.append((route.path.split(separator: "/", omittingEmptySubsequences: false), index))
      } else {
        exact[route.path[...], default: []].append(index)
      }
    }
    self.routes = routes
    self.exact = exact
    self.templates = templates
  }

  /// Finds what a path leads to; HEAD is answered wherever GET is.
  func match(_ method: HTTPMethod, _ path: Substring) -> Match {
    let method = method == .HEAD ? .GET : method
    if let candidates = exact[path] {
      if let route = candidates.first(where: { routes[$0].method == method }) {
        return .found(route: route, parameters: [])
      }
      return .otherMethods(candidates.map { routes[$0].method })
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    var others: [HTTPMethod] = []
    for (template, route) in templates where template.count == parts.count {
      var parameters: [Substring] = []
      let fits = zip(template, parts).allSatisfy { expected, part in
        guard expected.hasPrefix("{") else { return expected == part }
        parameters.append(part)
        return !part.isEmpty
      }
      guard fits else { continue }
      if routes[route].method == method { return .found(route: route, parameters: parameters) }
      others.append(routes[route].method)
    }
    return others.isEmpty ? .none : .otherMethods(others)
  }
}
