/// What a key may do.
public enum Scope: String, Sendable, CaseIterable, Codable {
  /// Have applications decided and explained.
  case score
  /// Read models, the schema and metrics.
  case read
  /// Put models in force.
  case admin
}
