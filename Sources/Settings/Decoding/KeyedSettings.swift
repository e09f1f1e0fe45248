/// The keys of a mapping.
struct KeyedSettings<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: SettingsDecoder

  var codingPath: [any CodingKey] { decoder.codingPath }

  var allKeys: [Key] {
    decoder.session.keys(of: decoder.node, at: decoder.path).compactMap(Key.init(stringValue:))
  }

  func contains(_ key: Key) -> Bool { child(key) != nil }

  func decodeNil(forKey key: Key) throws -> Bool { child(key)?.isNull ?? true }

  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
    try required(key).decode(type)
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type,
    forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> {
    try required(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try required(key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder { decoder }

  func superDecoder(forKey key: Key) throws -> any Decoder { try required(key) }

  private func child(_ key: Key) -> YAMLNode? {
    decoder.session.child(key.stringValue, of: decoder.node, at: decoder.path)
  }

  private func required(_ key: Key) throws -> SettingsDecoder {
    guard let node = child(key) else {
      throw decoder.problem(.missingKey, "the key \"\(key.stringValue)\" is missing\(misspelling(of: key))")
    }
    return decoder.child(node, key, step: key.stringValue)
  }

  /// Points at a key of the file that may be meant.
  private func misspelling(of key: Key) -> String {
    let asked = decoder.session.asked[decoder.path] ?? []
    let candidates = (decoder.node.entries ?? []).filter { !asked.contains($0.key) }
    let nearest = candidates.min {
      Spelling.distance($0.key, key.stringValue) < Spelling.distance($1.key, key.stringValue)
    }
    guard let nearest, Spelling.distance(nearest.key, key.stringValue) <= max(1, key.stringValue.count / 3)
    else {
      return "; add it"
    }
    return "; is \"\(nearest.key)\" at \(nearest.location) meant to be it?"
  }
}
