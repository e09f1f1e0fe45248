import NIOHTTP1

/// One call of the API.
struct Route: Sendable {
  /// Who may make it.
  enum Access: Sendable, Equatable {
    /// Anybody: pages and probes, which tell nothing about models or applicants.
    case open
    /// Whoever has a key with this scope; everybody where no keys are needed.
    case scope(Scope)
  }

  /// What it takes.
  enum Body: Sendable, Equatable {
    case none
    /// JSON of at most so many bytes.
    case json(maximumBytes: Int)
  }

  /// Answers a call.
  typealias Handler = @Sendable (Call, LoopState) throws(Problem) -> Answer

  let method: HTTPMethod
  /// The path as the contract writes it: `/v1/models/{version}`.
  let path: String
  /// Who may make it; a route without one is refused at the start.
  let access: Access?
  let body: Body
  /// Whether an `Idempotency-Key` makes a repetition harmless.
  let isReplayable: Bool
  /// What the documentation page calls it.
  let summary: String
  let handler: Handler

  init(
    _ method: HTTPMethod,
    _ path: String,
    access: Access?,
    body: Body = .none,
    isReplayable: Bool = false,
    summary: String,
    _ handler: @escaping Handler
  ) {
    self.method = method
    self.path = path
    self.access = access
    self.body = body
    self.isReplayable = isReplayable
    self.summary = summary
    self.handler = handler
  }
}
