import Foundation
import StrictJSON

/// Holds JSON against a JSON Schema, by the keywords that the schemas of this project use.
///
/// A keyword it does not know is a finding, so that a schema cannot ask for something that nobody checks.
struct SchemaChecker {
  /// Everything that annotates and does not assert.
  private static let annotations: Set<String> = ["$schema", "$id", "$defs", "title", "description"]

  let root: JSONValue

  /// What is wrong with a value, each with its path; nothing when it fits.
  func findings(_ value: JSONValue, against schema: JSONValue? = nil) -> [String] {
    (schema ?? root).members.flatMap { keyword -> [String] in
      findings(value, keyword: keyword.key.string, keyword.value, of: schema ?? root)
    }
  }

  private func findings(
    _ value: JSONValue,
    keyword: String,
    _ argument: JSONValue,
    of schema: JSONValue
  ) -> [String] {
    func require(_ holds: Bool) -> [String] { holds ? [] : ["\(value.path): \(keyword)"] }
    let number = value.double
    let length = value.string?.unicodeScalars.count
    switch keyword {
    case _ where Self.annotations.contains(keyword): return []
    case "$ref":
      guard let target = resolved(argument.string ?? "") else { return ["no target at \(argument.path)"] }
      return findings(value, against: target)
    case "anyOf": return require(argument.elements.contains { findings(value, against: $0).isEmpty })
    case "type":
      let types = argument.kind == .array ? argument.elements.compactMap(\.string) : [argument.string ?? ""]
      return require(types.contains { hasType(value, $0) })
    case "const": return require(isEqual(value, argument))
    case "enum": return require(argument.elements.contains { isEqual(value, $0) })
    case "minimum": return require(number.map { $0 >= argument.double ?? .nan } ?? true)
    case "exclusiveMinimum": return require(number.map { $0 > argument.double ?? .nan } ?? true)
    case "maximum": return require(number.map { $0 <= argument.double ?? .nan } ?? true)
    case "minLength": return require(length.map { $0 >= argument.int64 ?? .max } ?? true)
    case "maxLength": return require(length.map { $0 <= argument.int64 ?? 0 } ?? true)
    case "pattern":
      guard let text = value.string, let regex = try? Regex(argument.string ?? "(") else {
        return require(value.kind != .string)
      }
      return require(text.firstMatch(of: regex) != nil)
    case "items":
      return value.kind == .array ? value.elements.flatMap { findings($0, against: argument) } : []
    case "minItems": return require(value.kind != .array || value.count >= argument.int64 ?? .max)
    case "maxItems": return require(value.kind != .array || value.count <= argument.int64 ?? 0)
    case "uniqueItems":
      let texts = value.elements.map { $0.string ?? "\($0.double ?? 0)" }
      return require(value.kind != .array || Set(texts).count == texts.count)
    case "required":
      let keys = Set(value.members.map(\.key.string))
      return require(value.kind != .object || keys.isSuperset(of: argument.elements.compactMap(\.string)))
    case "dependentRequired":
      let keys = Set(value.members.map(\.key.string))
      return argument.members.flatMap { dependency -> [String] in
        guard keys.contains(dependency.key.string) else { return [] }
        return require(keys.isSuperset(of: dependency.value.elements.compactMap(\.string)))
      }
    case "minProperties": return require(value.kind != .object || value.count >= argument.int64 ?? .max)
    case "maxProperties": return require(value.kind != .object || value.count <= argument.int64 ?? 0)
    case "propertyNames":
      let shortest = Int(argument["minLength"]?.int64 ?? .max)
      return require(value.members.allSatisfy { $0.key.string.unicodeScalars.count >= shortest })
    case "properties":
      return value.members.flatMap { member in
        argument[member.key.string].map { findings(member.value, against: $0) } ?? []
      }
    case "additionalProperties":
      let others = value.members.filter { schema["properties"]?[$0.key.string] == nil }
      if argument.boolean == false { return require(others.isEmpty) }
      return others.flatMap { findings($0.value, against: argument) }
    default: return ["unknown keyword \(keyword) at \(argument.path)"]
    }
  }

  private func resolved(_ reference: String) -> JSONValue? {
    root["$defs"]?[String(reference.dropFirst("#/$defs/".count))]
  }

  private func hasType(_ value: JSONValue, _ type: String) -> Bool {
    switch value.kind {
    case .integer: type == "integer" || type == "number"
    case .double: type == "number"
    default: type == value.kind.rawValue
    }
  }

  private func isEqual(_ value: JSONValue, _ constant: JSONValue) -> Bool {
    value.kind == constant.kind && value.string == constant.string && value.double == constant.double
      && value.boolean == constant.boolean
  }
}
