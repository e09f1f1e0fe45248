internal import DriftDetection
internal import FeaturePipeline
internal import StrictJSON

extension DriftReference {
  static let schemaVersion = 1

  /// Writes the reference.
  ///
  /// - Parameters:
  ///   - writer: Receives one JSON object.
  ///   - names: The names of the model's inputs by column.
  func encode(into writer: inout JSONWriter, inputNames names: [String]) {
    writer.beginObject()
    writer.member("schema", Self.schemaVersion)
    writer.member("block_ms", blockMilliseconds)
    writer.key("features")
    writer.beginArray()
    for (index, reference) in profile.features.enumerated() {
      reference.encode(into: &writer, watched.values[index], group: groups[index], inputNames: names)
    }
    writer.endArray()
    writer.member("unwatched", unwatched)
    writer.key("performance")
    if let performance { performance.encode(into: &writer) } else { writer.null() }
    writer.endObject()
  }

  /// Reads the reference of a pipeline, strictly.
  ///
  /// - Throws: `JSONError` when it is not one, or one of another pipeline.
  init(json: JSONValue, of pipeline: FittedPipeline) throws {
    var object = try json.object()
    let schema = try object.required("schema")
    guard try schema.requireInt() == Self.schemaVersion else {
      throw schema.failure(.invalidValue, "this program reads layout \(Self.schemaVersion)")
    }
    let length = try object.required("block_ms")
    let blockMilliseconds = Int64(try length.requireInt())
    guard blockMilliseconds > 0 else { throw length.failure(.invalidValue, "a time block has a length") }
    let watched = WatchedValues(of: pipeline)
    let features = try object.required("features")
    let list = try object.required("unwatched")
    let unwatched = try list.array { value throws(JSONError) in try value.requireString() }
    let names = pipeline.features.map(\.name)
    var references: [FeatureReference?] = []
    var groups: [String] = []
    var elements = try features.array().makeIterator()
    for value in watched.values {
      if unwatched.contains(value.name) {
        references.append(nil)
        groups.append(value.name)
      } else if let element = elements.next() {
        let (reference, group) = try FeatureReference.read(element, value, inputNames: names)
        references.append(reference)
        groups.append(group)
      } else {
        throw features.failure(.invalidValue, "\"\(value.name)\" is missing; it is of another pipeline")
      }
    }
    guard elements.next() == nil, Set(unwatched).isSubset(of: watched.values.map(\.name)) else {
      throw features.failure(.invalidValue, "there are features that the pipeline does not have")
    }
    guard Set(groups).isSubset(of: watched.values.map(\.name)) else {
      throw features.failure(.invalidValue, "a group is named by the first value in it")
    }
    let performance = try object.required("performance")
    try self.init(
      of: watched,
      references: references,
      groups: groups,
      blockMilliseconds: blockMilliseconds,
      performance: performance.isNull ? nil : try Performance(json: performance)
    )
    try object.finish()
  }
}

extension DriftReference.Performance {
  fileprivate func encode(into writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("rows", rows)
    writer.member("default_rate", defaultRate)
    writer.member("mean_probability", meanProbability)
    writer.member("auc", areaUnderROC)
    writer.member("brier", brierScore)
    writer.member("cost_per_application", costPerApplication)
    writer.endObject()
  }

  fileprivate init(json: JSONValue) throws(JSONError) {
    var object = try json.object()
    self.init(
      rows: try object.required("rows").requireInt(),
      defaultRate: try object.required("default_rate").requireDouble(),
      meanProbability: try object.required("mean_probability").requireDouble(),
      areaUnderROC: try object.required("auc").requireDouble(),
      brierScore: try object.required("brier").requireDouble(),
      costPerApplication: try object.required("cost_per_application").requireDouble()
    )
    try object.finish()
  }
}
