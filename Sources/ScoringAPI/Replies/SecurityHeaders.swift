import NIOHTTP1

/// What browsers are told on every response, so that no page of ours can be turned against its reader.
enum SecurityHeaders {
  /// For everything that is no page.
  static let all = HTTPHeaders([
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
  ])

  /// Nothing may be loaded or run, nobody may frame it.
  static let nothing = ("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
  /// The documentation page: its own script and style, requests to its own origin.
  static let page = (
    name: "content-security-policy",
    value:
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
      + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  )
  /// A model card: a file of a bundle, shown but not trusted.
  static let card = (
    name: "content-security-policy",
    value: "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
  )
  /// For clients that came by TLS through a declared proxy.
  static let transport = ("strict-transport-security", "max-age=31536000")
}
