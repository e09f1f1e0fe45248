/// librdkafka properties in the order in which they were given, the later of two with one name winning.
///
/// Any property of librdkafka's `CONFIGURATION.md` may be set; unknown names and bad values are refused when
/// a client is made, with an error that names the property. Every textual form of this type masks secrets.
public struct KafkaProperties: Sendable, Equatable {
  /// The names, in order.
  public private(set) var names: [String] = []
  private var values: [String: String] = [:]

  /// Creates an empty set of properties.
  public init() {}

  /// Creates properties from pairs, the later of two with one name winning.
  public init(_ pairs: some Sequence<(String, String)>) {
    for (name, value) in pairs { self[name] = value }
  }

  /// The value of a property, nil if it is not set; setting nil removes it.
  public subscript(name: String) -> String? {
    get { values[name] }
    set {
      if let newValue {
        if values.updateValue(newValue, forKey: name) == nil { names.append(name) }
      } else if values.removeValue(forKey: name) != nil {
        names.removeAll { $0 == name }
      }
    }
  }

  /// These properties, with those of another set added and, where both have one, replaced.
  public func merging(_ overrides: KafkaProperties) -> KafkaProperties {
    var merged = self
    for name in overrides.names { merged[name] = overrides[name] }
    return merged
  }
}

extension KafkaProperties: ExpressibleByDictionaryLiteral {
  /// Creates properties from a literal such as `["linger.ms": "5"]`.
  public init(dictionaryLiteral elements: (String, String)...) {
    self.init(elements)
  }
}
