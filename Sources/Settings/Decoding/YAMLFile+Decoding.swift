extension YAMLFile {
  /// Whether the file or an override has something there.
  ///
  /// - Parameter keys: The keys that lead to it.
  /// - Returns: True when it exists and is not null.
  public func contains(_ keys: [String]) -> Bool {
    guard let node = find(keys, in: DecodingSession(file: self)) else { return false }
    return !node.isNull
  }

  /// Decodes the file or a section of it; keys that the type does not ask for are refused.
  ///
  /// - Parameters:
  ///   - type: What to decode.
  ///   - keys: The keys that lead to the section; none for the whole file.
  ///   - leaving: Keys at that place which belong to other types.
  /// - Returns: The decoded value.
  /// - Throws: ``SettingsError`` with the first value that cannot be read, or else all unknown keys.
  public func decode<T: Decodable>(
    _ type: T.Type,
    at keys: [String] = [],
    leaving: Set<String> = []
  ) throws(SettingsError) -> T {
    let session = DecodingSession(file: self)
    guard let node = find(keys, in: session) else {
      let problem = SettingsProblem(
        .missingKey,
        at: position(of: keys),
        path: keys,
        "the section is missing; add it"
      )
      throw SettingsError([problem])
    }
    let value: T
    do {
      let decoder = SettingsDecoder(node: node, path: keys, codingPath: [], session: session)
      value = try decoder.decode(type)
    } catch let error as SettingsError {
      throw error
    } catch {
      throw SettingsError([problem(for: error, under: keys)])
    }
    let unknown = session.unknownKeys(from: keys, leaving: leaving)
    guard unknown.isEmpty else { throw SettingsError(unknown) }
    return value
  }

  /// Decodes a section if it is there.
  ///
  /// - Parameters:
  ///   - type: What to decode.
  ///   - keys: The keys that lead to the section.
  ///   - leaving: Keys at that place which belong to other types.
  /// - Returns: The decoded value, or nil when neither file nor overrides have the section.
  /// - Throws: ``SettingsError`` as ``decode(_:at:leaving:)``.
  public func decodeIfPresent<T: Decodable>(
    _ type: T.Type,
    at keys: [String],
    leaving: Set<String> = []
  ) throws(SettingsError) -> T? {
    contains(keys) ? try decode(type, at: keys, leaving: leaving) : nil
  }

  private func find(_ keys: [String], in session: DecodingSession) -> YAMLNode? {
    var node = root
    for index in keys.indices {
      guard let child = session.child(keys[index], of: node, at: Array(keys[..<index])) else { return nil }
      node = child
    }
    return node
  }

  /// What a type's own decoding throws, put in its place.
  private func problem(for error: any Error, under keys: [String]) -> SettingsProblem {
    guard let error = error as? DecodingError else {
      return SettingsProblem(.invalidValue, at: position(of: keys), path: keys, "\(error)")
    }
    let (code, context, missing): (SettingsProblem.Code, DecodingError.Context, (any CodingKey)?)
    switch error {
    case .dataCorrupted(let found): (code, context, missing) = (.invalidValue, found, nil)
    case .typeMismatch(_, let found): (code, context, missing) = (.wrongType, found, nil)
    case .valueNotFound(_, let found): (code, context, missing) = (.missingKey, found, nil)
    case .keyNotFound(let key, let found): (code, context, missing) = (.missingKey, found, key)
    @unknown default: return SettingsProblem(.invalidValue, at: position(of: keys), path: keys, "\(error)")
    }
    let path = keys + context.codingPath.map(\.stringValue)
    let message =
      missing.map { "the key \"\($0.stringValue)\" is missing; add it" } ?? context.debugDescription
    return SettingsProblem(code, at: position(of: path), path: path, message)
  }
}
