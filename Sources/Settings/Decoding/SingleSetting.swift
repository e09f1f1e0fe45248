/// One value, whatever it is.
struct SingleSetting: SingleValueDecodingContainer {
  let decoder: SettingsDecoder

  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { decoder.node.isNull }

  func decode<T: Decodable>(_ type: T.Type) throws -> T { try decoder.decode(type) }
}
