public import CreditEvents
public import FeaturePipeline

/// What is watched of every application: its fields, the features derived of them, the margin and the decision.
///
/// A model's input that is computed of one field alone (a logarithm, a column per category, a rate per category)
/// moves when the field does and only then, so the field's bins stand for it and its contributions are counted to
/// them. A derived feature is watched by its own. Protected fields are not watched: events may leave them out.
public struct WatchedValues: Sendable, Equatable {
  /// What is watched, in the order in which ``gather(_:features:margin:outcome:into:)`` gives it: fields, derived
  /// features, margin, decision.
  public let values: [WatchedValue]
  private let slots: [Int]
  private let columns: [Int]
  private let hasMargin: Bool
  private let hasDecision: Bool

  /// What a pipeline and a model behind it let one watch.
  ///
  /// - Parameter pipeline: The fitted pipeline.
  public init(of pipeline: FittedPipeline) {
    var columnsOfGroup: [String: [Int]] = [:]
    for (column, feature) in pipeline.features.enumerated() {
      columnsOfGroup[feature.group, default: []].append(column)
    }
    var values: [WatchedValue] = []
    for (slot, field) in pipeline.schema.fields.enumerated() {
      let inputs = columnsOfGroup.removeValue(forKey: field.name) ?? []
      guard !field.isProtected else { continue }
      let kind: WatchedValue.Kind =
        switch field.kind {
        case .number: .number
        case .flag: .category(["0", "1"])
        case .category: .category(pipeline.dictionaries[slot]?.categories ?? [])
        }
      values.append(WatchedValue(name: field.name, source: .field(slot), kind: kind, inputs: inputs))
    }
    for feature in pipeline.features {
      guard let inputs = columnsOfGroup.removeValue(forKey: feature.group) else { continue }
      values.append(
        WatchedValue(name: feature.group, source: .input(inputs[0]), kind: .number, inputs: inputs)
      )
    }
    func free(_ name: String) -> String {
      values.contains { $0.name == name } ? free("model \(name)") : name
    }
    let outcomes = Decision.Outcome.allCases.map(\.rawValue)
    values += [
      WatchedValue(name: free("score"), source: .margin, kind: .number),
      WatchedValue(name: free("decision"), source: .decision, kind: .category(outcomes)),
    ]
    self.init(values)
  }

  /// Watches some of the values of a pipeline.
  ///
  /// - Parameter values: Fields, then derived features, then margin and decision, each as
  ///   ``init(of:)`` gives them.
  init(_ values: [WatchedValue]) {
    self.values = values
    slots = values.compactMap { if case .field(let slot) = $0.source { slot } else { nil } }
    columns = values.compactMap { if case .input(let column) = $0.source { column } else { nil } }
    hasMargin = values.contains { $0.source == .margin }
    hasDecision = values.contains { $0.source == .decision }
  }

  /// Collects the values of one application, without allocating.
  ///
  /// - Parameters:
  ///   - application: Its raw values by slot.
  ///   - features: The model's inputs.
  ///   - margin: The margin.
  ///   - outcome: What is answered.
  ///   - output: Receives one number for each watched value: a number, or a category's code; NaN is missing.
  /// - Precondition: `output` has an element for each of ``values``, the others are of the same pipeline.
  public func gather(
    _ application: UnsafeBufferPointer<Double>,
    features: UnsafeBufferPointer<Float>,
    margin: Float,
    outcome: Decision.Outcome,
    into output: UnsafeMutableBufferPointer<Double>
  ) {
    precondition(output.count == values.count, "one element for each watched value")
    var place = 0
    for slot in slots {
      output[place] = application[slot]
      place &+= 1
    }
    for column in columns {
      output[place] = Double(features[column])
      place &+= 1
    }
    if hasMargin {
      output[place] = Double(margin)
      place &+= 1
    }
    if hasDecision { output[place] = outcome.watchedCode }
  }
}

extension Decision.Outcome {
  /// The code under which a decision is counted: its place among all outcomes.
  public var watchedCode: Double {
    switch self {
    case .approve: 0
    case .refer: 1
    case .decline: 2
    }
  }
}
