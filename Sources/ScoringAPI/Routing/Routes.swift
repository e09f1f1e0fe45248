import NIOHTTP1

/// The calls of the API; `Schemas/HTTP/openapi.yaml` is the contract, and a test holds the two against each other.
enum Routes {
  static func all(_ settings: APISettings) -> [Route] {
    let single = Route.Body.json(maximumBytes: settings.limits.bodyBytes)
    let batch = Route.Body.json(maximumBytes: settings.limits.batchBytes)
    return [
      Route(
        .POST,
        "/v1/decisions",
        access: .scope(.score),
        body: single,
        isReplayable: true,
        summary: "Decide one application",
        DecisionEndpoint.answer
      ),
      Route(
        .POST,
        "/v1/decisions/batch",
        access: .scope(.score),
        body: batch,
        isReplayable: true,
        summary: "Decide up to \(settings.limits.batchApplications) applications",
        BatchEndpoint.answer
      ),
      Route(
        .POST,
        "/v1/explanations",
        access: .scope(.score),
        body: single,
        summary: "Explain one application: every contribution",
        ExplanationEndpoint.answer
      ),
      Route(
        .GET,
        "/v1/schema",
        access: .scope(.read),
        summary: "Fields of an application",
        ModelEndpoints.schema
      ),
      Route(.GET, "/v1/models", access: .scope(.read), summary: "Versions of the model", ModelEndpoints.list),
      Route(.GET, "/v1/models/{version}", access: .scope(.read), summary: "One version", ModelEndpoints.show),
      Route(
        .GET,
        "/v1/models/{version}/card",
        access: .scope(.read),
        summary: "Its model card",
        ModelEndpoints.card
      ),
      Route(
        .POST,
        "/v1/models/{version}/activate",
        access: .scope(.admin),
        summary: "Put a version in force",
        AdminEndpoints.activate
      ),
      Route(
        .POST,
        "/v1/models/rollback",
        access: .scope(.admin),
        summary: "Go back to the version before",
        AdminEndpoints.rollBack
      ),
      Route(
        .GET,
        "/health/live",
        access: .open,
        summary: "Whether the process runs",
        OperationEndpoints.live
      ),
      Route(.GET, "/health/ready", access: .open, summary: "Whether it can decide", OperationEndpoints.ready),
      Route(
        .GET,
        "/metrics",
        access: .scope(.read),
        summary: "Metrics for Prometheus",
        OperationEndpoints.metrics
      ),
      Route(.GET, "/openapi.yaml", access: .open, summary: "The contract of the API", PageEndpoints.contract),
      Route(.GET, "/docs", access: .open, summary: "This page", PageEndpoints.documentation),
      Route(.GET, "/docs/docs.js", access: .open, summary: "Its script", PageEndpoints.script),
      Route(.GET, "/docs/docs.css", access: .open, summary: "Its style", PageEndpoints.style),
      Route(.GET, "/docs/calls.json", access: .open, summary: "Its list of calls", PageEndpoints.calls),
    ]
  }
}
