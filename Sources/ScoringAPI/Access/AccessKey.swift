/// A key that callers present; only its digest is known.
final class AccessKey: Sendable {
  /// What logs call it.
  let name: String
  /// The SHA-256 of the key, 32 bytes.
  let digest: [UInt8]
  /// What it may do.
  let scopes: Set<Scope>
  /// From when on it is refused, seconds since 1970.
  let expires: Double?
  /// How often it may be used; nil without a limit.
  let bucket: TokenBucket?

  init(name: String, digest: [UInt8], scopes: Set<Scope>, expires: Double?, bucket: TokenBucket?) {
    self.name = name
    self.digest = digest
    self.scopes = scopes
    self.expires = expires
    self.bucket = bucket
  }
}
