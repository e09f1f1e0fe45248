/// Decodes one node of a settings file.
struct SettingsDecoder: Decoder {
  let node: YAMLNode
  /// The keys from the top of the file.
  let path: [String]
  let codingPath: [any CodingKey]
  let session: DecodingSession
  let userInfo: [CodingUserInfoKey: Any] = [:]

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard node.entries != nil else {
      throw problem(.wrongType, "a mapping (key: value) is needed here, but this is \(node.kind)")
    }
    session.open(node, at: path)
    return KeyedDecodingContainer(KeyedSettings(decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .sequence(let elements) = node.content else {
      throw problem(.wrongType, "a sequence ([a, b]) is needed here, but this is \(node.kind)")
    }
    return ListedSettings(elements: elements, decoder: self)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { SingleSetting(decoder: self) }

  /// Decodes the node as a type: scalars by their own rules, all else by the type's.
  func decode<T: Decodable>(_ type: T.Type) throws -> T {
    if let scalar = type as? any YAMLScalar.Type, let value = try read(scalar) as? T { return value }
    if node.isNull, !(type is any ExpressibleByNilLiteral.Type), !(type is any YAMLScalar.Type) {
      throw problem(.missingKey, "a value is missing here; write one, or remove the key")
    }
    do {
      return try T(from: self)
    } catch DecodingError.dataCorrupted(let context) where context.codingPath.count == codingPath.count {
      // A raw-value enum's own message quotes its Swift type; better to list what can be written.
      guard let choices = Self.choices(of: type) else {
        throw problem(.invalidValue, context.debugDescription)
      }
      throw problem(.invalidValue, "no such choice; use one of: \(choices.joined(separator: ", "))")
    }
  }

  /// A problem at this node.
  func problem(_ code: SettingsProblem.Code, _ message: String) -> SettingsError {
    SettingsError([SettingsProblem(code, at: node.location, path: path, message)])
  }

  /// The decoder of a child.
  func child(_ node: YAMLNode, _ key: any CodingKey, step: String) -> SettingsDecoder {
    SettingsDecoder(node: node, path: path + [step], codingPath: codingPath + [key], session: session)
  }

  private func read<S: YAMLScalar>(_ type: S.Type) throws -> S {
    guard case .scalar(let text, let isPlain) = node.content, !node.isNull else {
      throw problem(.wrongType, "\(S.need) is needed here, but this is \(node.kind)")
    }
    guard let value = S.read(text, isPlain: isPlain) else {
      // Overrides may carry secrets into the wrong place; what the file says may be shown.
      guard case .file = node.location, text.count <= 40 else {
        throw problem(.wrongType, "\(S.need) is needed here")
      }
      let quote = isPlain ? "" : "\""
      throw problem(.wrongType, "\(S.need) is needed here, not \(quote)\(text)\(quote)")
    }
    return value
  }

  private static func choices(of type: Any.Type) -> [String]? {
    guard let cases = type as? any (CaseIterable & RawRepresentable).Type else { return nil }
    func texts<T: CaseIterable & RawRepresentable>(_ type: T.Type) -> [String] {
      type.allCases.map { "\($0.rawValue)" }
    }
    return texts(cases)
  }
}
