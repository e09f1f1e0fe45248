import CreditEvents
import Telemetry

/// What the API counts; every name stands in `MetricName` and on the page of metrics.
final class APIMetrics: Sendable {
  /// The statuses that a response can have.
  static let statuses: [UInt] = [
    200, 304, 400, 401, 403, 404, 405, 406, 408, 409, 413, 415, 421, 422, 429, 431, 500, 503,
  ]

  let modelSwitches = MetricCounter()
  let modelsRefused = MetricCounter()
  let connections = MetricCounter()
  let closedConnections = MetricCounter()
  let requestBytes = MetricCounter()
  let responseBytes = MetricCounter()
  let replays = MetricCounter()
  let keyReloads = MetricCounter()
  let refusedKeyReloads = MetricCounter()
  let activations = MetricCounter()
  let rollbacks = MetricCounter()
  let journalRecords = MetricCounter()
  let journalFailures = MetricCounter()
  private let outcomes = Decision.Outcome.allCases.map { _ in MetricCounter() }
  private let problems = ProblemCode.allCases.map { _ in MetricCounter() }
  private let problemIndex: [ProblemCode: Int]
  /// The paths of the routes, and last what is no route.
  private let routes: [String]
  private let requests: [[MetricCounter]]
  private let durations: [DurationHistogram]

  init(routes: [String]) {
    self.routes = routes + ["(none)"]
    requests = self.routes.map { _ in Self.statuses.map { _ in MetricCounter() } }
    durations = self.routes.map { _ in DurationHistogram() }
    problemIndex = Dictionary(uniqueKeysWithValues: ProblemCode.allCases.enumerated().map { ($1, $0) })
  }

  /// Counts an answered request.
  ///
  /// - Parameters:
  ///   - route: The route's index; nil when none was found.
  ///   - status: The status of the response.
  ///   - microseconds: How long it took.
  func count(route: Int?, status: UInt, microseconds: Int) {
    let route = route ?? routes.count - 1
    if let status = Self.statuses.firstIndex(of: status) { requests[route][status].increment() }
    durations[route].record(microseconds: microseconds)
  }

  func count(_ problem: ProblemCode) { problems[problemIndex[problem] ?? 0].increment() }

  func count(_ outcome: Decision.Outcome) {
    switch outcome {
    case .approve: outcomes[0].increment()
    case .refer: outcomes[1].increment()
    case .decline: outcomes[2].increment()
    }
  }

  /// How often a problem was answered, for tests.
  func count(of problem: ProblemCode) -> Int { problems[problemIndex[problem] ?? 0].value }

  /// The page for Prometheus.
  ///
  /// - Parameters:
  ///   - model: The model in force.
  ///   - isReady: Whether requests can be decided.
  /// - Returns: The text of the page.
  func page(model: ModelIdentity?, isReady: Bool) -> String {
    typealias Label = MetricName.Label
    var page = PrometheusPage()
    var requestRows: [(labels: [PrometheusPage.Label], value: Int)] = []
    for (route, counters) in requests.enumerated() {
      for (status, counter) in counters.enumerated() where counter.value > 0 {
        let labels = [(Label.route, routes[route]), (Label.status, "\(Self.statuses[status])")]
        requestRows.append((labels, counter.value))
      }
    }
    page.counter(MetricName.httpRequests, "Requests answered.", requestRows)
    page.histogram(
      MetricName.httpDuration,
      "From the end of a request's head to its answer.",
      durations.indices.map { ([(Label.route, routes[$0])], durations[$0]) }
    )
    page.counter(
      MetricName.httpProblems,
      "Requests refused with a problem document.",
      ProblemCode.allCases.indices.map {
        ([(Label.problem, ProblemCode.allCases[$0].rawValue)], problems[$0].value)
      }
    )
    page.counter(
      MetricName.decisions,
      "Decisions.",
      Decision.Outcome.allCases.indices.map {
        ([(Label.outcome, Decision.Outcome.allCases[$0].rawValue)], outcomes[$0].value)
      }
    )
    let single: [(String, String, MetricCounter)] = [
      (MetricName.httpRequestBytes, "Bytes of request bodies read.", requestBytes),
      (MetricName.httpResponseBytes, "Bytes of response bodies written, before compression.", responseBytes),
      (MetricName.httpConnections, "Connections accepted.", connections),
      (MetricName.httpReplays, "Answers sent again for an idempotency key.", replays),
      (MetricName.modelSwitches, "Changes of the model in force.", modelSwitches),
      (MetricName.modelsRefused, "Announced bundles that were refused.", modelsRefused),
      (MetricName.journalRecords, "Decisions acknowledged by the brokers.", journalRecords),
      (MetricName.journalFailures, "Decisions not acknowledged in time.", journalFailures),
    ]
    for (name, help, counter) in single { page.counter(name, help, [([], counter.value)]) }
    page.counter(
      MetricName.keyReloads,
      "Key files read after a change.",
      [
        ([(Label.result, "accepted")], keyReloads.value),
        ([(Label.result, "refused")], refusedKeyReloads.value),
      ]
    )
    page.counter(
      MetricName.adminActions,
      "Admin actions carried out.",
      [([(Label.action, "activate")], activations.value), ([(Label.action, "roll_back")], rollbacks.value)]
    )
    page.gauge(
      MetricName.httpOpenConnections,
      "Connections open now.",
      [([], Double(connections.value - closedConnections.value))]
    )
    page.gauge(MetricName.ready, "1 when requests can be decided.", [([], isReady ? 1 : 0)])
    page.gauge(
      MetricName.modelInfo,
      "1 for the model in force.",
      model.map { model in
        [([(Label.name, model.name), (Label.version, model.version), (Label.sha256, model.sha256)], 1)]
      } ?? []
    )
    return page.text
  }
}
