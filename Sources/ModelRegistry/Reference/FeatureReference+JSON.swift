internal import DriftDetection
internal import StrictJSON

/// One watched value in `reference.json`; categories stand by name, so that people can read it.
extension FeatureReference {
  func encode(
    into writer: inout JSONWriter,
    _ value: WatchedValue,
    group: String,
    inputNames: [String]
  ) {
    writer.beginObject()
    writer.member("name", name)
    writer.member("source", value.source.word)
    writer.member("inputs", value.inputs.map { inputNames[$0] })
    writer.member("group", group)
    switch bins {
    case .number(let bins):
      writer.member("kind", "number")
      writer.member("least", bins.least)
      writer.member("largest", bins.largest)
      writer.member("edges", bins.edges)
      writer.member("decile_edges", bins.decileEdges)
      writer.member("mean", moments?.mean ?? 0)
      writer.member("standard_deviation", moments?.standardDeviation ?? 0)
    case .category(let bins):
      writer.member("kind", "category")
      let rest = bins.slots.indices.filter { Int(bins.slots[$0]) == bins.restSlot }
      writer.member("named", bins.named.map { value.category($0) })
      writer.member("rest", rest.map { value.category($0) })
    }
    writer.member("counts", counts.map { Int(clamping: $0) })
    writer.member("mean_contributions", meanContributions)
    writer.endObject()
  }

  /// Reads a watched value and the name of its group, strictly.
  static func read(
    _ json: JSONValue,
    _ value: WatchedValue,
    inputNames: [String]
  ) throws -> (FeatureReference, group: String) {
    var object = try json.object()
    let name = try object.required("name")
    let source = try object.required("source")
    let inputs = try object.required("inputs").array { value throws(JSONError) in try value.requireString() }
    guard try name.requireString() == value.name, try source.requireString() == value.source.word,
      inputs == value.inputs.map({ inputNames[$0] })
    else {
      throw name.failure(.invalidValue, "\"\(value.name)\" of the pipeline is expected here, with its inputs")
    }
    let group = try object.required("group").requireString()
    let kind = try object.required("kind")
    let bins: FeatureBins
    var mean: (Double, Double)?
    switch (try kind.requireString(), value.kind) {
    case ("number", .number):
      bins = .number(
        try QuantileBins(
          least: try object.required("least").requireDouble(),
          largest: try object.required("largest").requireDouble(),
          edges: try object.required("edges").doubles(),
          decileEdges: try object.required("decile_edges").doubles()
        )
      )
      mean = (
        try object.required("mean").requireDouble(),
        try object.required("standard_deviation").requireDouble()
      )
    case ("category", .category(let categories)):
      let codes = Dictionary(zip(categories, categories.indices)) { first, _ in first }
      func read(_ list: JSONValue) throws(JSONError) -> [Int] {
        try list.array { element throws(JSONError) in
          guard let code = codes[try element.requireString()] else {
            throw element.failure(.invalidValue, "is no category of the pipeline")
          }
          return code
        }
      }
      bins = .category(
        try CategoryBins(
          named: try read(try object.required("named")),
          rest: try read(try object.required("rest")),
          dictionarySize: categories.count
        )
      )
    default: throw kind.failure(.invalidValue, "is not what the pipeline declares")
    }
    let list = try object.required("counts")
    let counts = try list.array { element throws(JSONError) -> UInt64 in
      guard let count = UInt64(exactly: try element.requireInt()), count < 1 << 53 else {
        throw element.failure(.invalidValue, "is no number of rows")
      }
      return count
    }
    let contributions = try object.required("mean_contributions").doubles()
    guard counts.count == bins.slotCount else {
      throw list.failure(.invalidValue, "has \(counts.count) counts for \(bins.slotCount) slots")
    }
    let present = counts.dropLast().reduce(0, +)
    let reference = try FeatureReference(
      name: value.name,
      bins: bins,
      counts: counts,
      moments: mean.map { Moments(count: Int(present), mean: $0.0, standardDeviation: $0.1) },
      meanContributions: contributions
    )
    try object.finish()
    return (reference, group)
  }
}

extension WatchedValue {
  fileprivate func category(_ code: Int) -> String {
    guard case .category(let names) = kind, names.indices ~= code else { return "" }
    return names[code]
  }
}

extension WatchedValue.Source {
  fileprivate var word: String {
    switch self {
    case .field: "field"
    case .input: "derived"
    case .margin: "margin"
    case .decision: "decision"
    }
  }
}

extension JSONValue {
  fileprivate func doubles() throws(JSONError) -> [Double] {
    try array { value throws(JSONError) in try value.requireDouble() }
  }
}
