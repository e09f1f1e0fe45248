import Settings

/// Settings of the shape that services use.
struct Sample: Decodable, Equatable {
  enum Mode: String, Decodable, CaseIterable { case fast, safe }

  struct Batch: Decodable, Equatable {
    var maximumRecords: Int?
    var rate: Double?

    enum CodingKeys: String, CodingKey {
      case maximumRecords = "maximum_records"
      case rate
    }
  }

  var name: String
  var workers: Int?
  var mode: Mode?
  var isOn: Bool?
  var batch: Batch?
  var topics: [String]?
  var kafka: [String: String]?

  enum CodingKeys: String, CodingKey {
    case name, workers, mode, batch, topics, kafka
    case isOn = "on_air"
  }
}

func decode(_ text: String, flags: [String] = [], environment: [String: String] = [:]) throws -> Sample {
  let overrides = try SettingOverrides(environment: environment, flags: flags)
  return try YAMLFile(text: text, path: "s.yaml", overrides: overrides).decode(Sample.self)
}

/// The problems that `body` meets.
func problems(_ body: () throws -> Void) -> [SettingsProblem] {
  do {
    try body()
    return []
  } catch {
    return (error as? SettingsError)?.problems ?? []
  }
}

func problems(in text: String, flags: [String] = [], environment: [String: String] = [:]) -> [SettingsProblem]
{
  problems { _ = try decode(text, flags: flags, environment: environment) }
}
