extension KafkaProperties {
  /// Properties of the security families whose values are shown; every other one of these is a secret.
  ///
  /// The list says what may be seen, not what must be hidden, so that a property of a newer librdkafka is
  /// masked until somebody has thought about it.
  private static let shownSecurityProperties: Set<String> = [
    "sasl.kerberos.keytab", "sasl.kerberos.principal", "sasl.kerberos.service.name", "sasl.mechanism",
    "sasl.mechanisms", "sasl.oauthbearer.method", "sasl.oauthbearer.scope",
    "sasl.oauthbearer.token.endpoint.url", "ssl.ca.certificate.stores", "ssl.ca.location",
    "ssl.certificate.location", "ssl.cipher.suites", "ssl.crl.location", "ssl.curves.list",
    "ssl.endpoint.identification.algorithm", "ssl.engine.id", "ssl.engine.location", "ssl.key.location",
    "ssl.keystore.location", "ssl.providers", "ssl.sigalgs.list",
  ]

  /// Whether a property's value must never be shown.
  public static func isSecret(_ name: String) -> Bool {
    if ["sasl.", "ssl.", "ssl_"].contains(where: name.hasPrefix) {
      return !shownSecurityProperties.contains(name)
    }
    return ["password", "secret", "token", "credential", "jaas"].contains(where: name.contains)
  }

  /// The value to show for a property: itself, or a mask that does not even tell the length.
  public static func shownValue(of name: String, _ value: String) -> String {
    isSecret(name) ? "****" : value
  }
}

extension KafkaProperties: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The properties as `name=value`, secrets masked.
  public var description: String {
    names.map { "\($0)=\(Self.shownValue(of: $0, self[$0] ?? ""))" }.joined(separator: " ")
  }

  /// The same as ``description``.
  public var debugDescription: String { description }

  /// A mirror of the masked values, so that `dump` shows no secret either.
  public var customMirror: Mirror {
    Mirror(self, children: names.map { ($0, Self.shownValue(of: $0, self[$0] ?? "") as Any) })
  }
}
