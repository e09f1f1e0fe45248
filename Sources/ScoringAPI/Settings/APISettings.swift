/// What the HTTP API is told by its settings file; every key has a default, so a file says only what differs.
public struct APISettings: Sendable, Equatable {
  /// What one request may cost.
  public struct Limits: Sendable, Equatable {
    /// The longest body of one application, bytes.
    public var bodyBytes = 1 << 20
    /// The longest body of a batch, bytes.
    public var batchBytes = 8 << 20
    /// The most applications of a batch.
    public var batchApplications = 1_000
    /// The longest head of a request, bytes.
    public var headerBytes = 32 << 10
    /// The most fields of a head.
    public var headerFields = 64
    /// How long a head may take from its first byte, milliseconds.
    public var headerMilliseconds = 10_000
    /// How long a body may take, milliseconds.
    public var bodyMilliseconds = 30_000
    /// How long a connection may stay open between two requests, milliseconds.
    public var idleMilliseconds = 75_000
    /// The most connections at once; more wait until one is closed.
    public var connections = 1_024
    /// How often a key may be used in a second if its entry does not say; 0 for no limit.
    public var requestsPerSecond = 1_000

    /// The limits as shipped.
    public init() {}
  }

  /// Where decisions are written to, and models announced, when brokers are named.
  public struct Kafka: Sendable, Equatable {
    /// `host:port`, separated by commas; nil: the API runs alone.
    public var brokers: String?
    /// The topic that every decision is written to.
    public var decisions = "loan.decisions"
    /// The topic on which models are announced.
    public var models = "loan.models"
    /// How long the brokers may take to acknowledge a decision, milliseconds.
    public var acknowledgeMilliseconds = 5_000
    /// Properties of librdkafka: security, buffers, time-outs.
    public var properties: [String: String] = [:]

    /// Without brokers.
    public init() {}
  }

  /// The address to listen on; anything but loopback needs ``keyFile``.
  public var host = "127.0.0.1"
  /// The port; 0 for any free one.
  public var port = 8080
  /// How many event loops answer; 0: one for each core.
  public var threads = 0
  /// The name of this process among those that answer: a part of every decision's source.
  public var instance = "0"
  /// The directory of the model registry.
  public var registry = "models"
  /// The model that is served; nil: the only one of the registry, or whatever is announced.
  public var model: String?
  /// The file of the API keys; nil: no keys, loopback only.
  public var keyFile: String?
  /// The addresses of proxies whose `X-Forwarded-*` are believed.
  public var trustedProxies: [String] = []
  /// Whether models may be put in force over HTTP.
  public var isAdminEnabled = false
  /// What one request may cost.
  public var limits = Limits()
  /// Kafka, if it is used.
  public var kafka = Kafka()
  /// How long new requests are still answered after a shutdown was asked for, milliseconds.
  public var drainMilliseconds = 1_000
  /// How long a shutdown may take in all, milliseconds.
  public var shutdownMilliseconds = 10_000

  /// The settings as shipped.
  public init() {}
}
