/// An XGBoost model as its file gives it, of whichever syntax; numbers are read, trees not yet checked.
///
/// Whatever would make the margins mean something else than a sum of trees over one base score is refused here
/// by name: other boosters, objectives, several outputs.
struct XGBoostModelRecord {
  var version: XGBoostVersion
  var objective: Objective
  var baseScore: Float
  var featureCount: Int
  var featureNames: [String]
  var bestIteration: Int?
  /// The trees grown side by side in each round.
  var parallelTreeCount: Int
  var trees: [TreeRecord]
  /// What each tree's leaves are multiplied with, in the booster "dart".
  var treeWeights: [Float]?

  /// The most features that are accepted: it bounds what a small file can make its reader allocate.
  static let maximumFeatureCount = 1 << 20

  /// Reads the root of a file.
  ///
  /// - Parameter root: The file's root value.
  /// - Throws: ``ModelFormatError`` when it is no XGBoost model, or one of a kind that is not implemented.
  init<Value: ModelFileValue>(_ root: Value) throws(ModelFormatError) {
    let file = try ModelFileObject(root, at: "$", known: ["learner", "version"])
    let learner = try file.object(
      "learner",
      known: [
        "attributes", "feature_names", "feature_types", "gradient_booster", "learner_model_param",
        "objective",
      ]
    )
    version = try Self.version(file)
    objective = try Self.objective(learner)
    let parameters = try learner.object("learner_model_param")
    featureCount = try Self.featureCount(parameters)
    baseScore = try Self.baseScore(parameters)
    for name in ["num_class", "num_target"] {
      let count = try parameters.parameter(name, absent: 0)
      guard (0...1).contains(count) else {
        throw ModelFormatError(.unsupported, "\(count) outputs; train a model of one", at: parameters.path)
      }
    }
    featureNames = try Self.texts("feature_names", of: learner)
    guard featureNames.isEmpty || featureNames.count == featureCount else {
      throw ModelFormatError(
        .inconsistent,
        "\(featureNames.count) feature names for \(featureCount) features",
        at: learner.path
      )
    }
    if let attributes = learner.optional("attributes") {
      let attributes = try ModelFileObject(attributes, at: "\(learner.path).attributes")
      bestIteration = attributes.optional("best_iteration").flatMap(\.text).flatMap { Int($0) }
    }
    let booster = try XGBoostBoosterRecord(learner, version: version)
    trees = booster.trees
    treeWeights = booster.treeWeights
    parallelTreeCount = booster.parallelTreeCount
  }

  private static func version(
    _ file: ModelFileObject<some ModelFileValue>
  ) throws(ModelFormatError) -> XGBoostVersion {
    let numbers = try file.read("version", \.integers)
    guard numbers.count == 3, numbers.allSatisfy({ (0..<10_000).contains($0) }) else {
      throw ModelFormatError(.wrongType, "the version is not three numbers", at: "$.version")
    }
    let version = XGBoostVersion(major: Int(numbers[0]), minor: Int(numbers[1]), patch: Int(numbers[2]))
    guard version >= .oldest, version < .tooNew else {
      throw ModelFormatError(
        .unsupported,
        "XGBoost \(version) wrote it; \(XGBoostVersion.oldest) to 3.4 are understood",
        at: "$.version"
      )
    }
    return version
  }

  private static func objective(
    _ learner: ModelFileObject<some ModelFileValue>
  ) throws(ModelFormatError) -> Objective {
    let object = try learner.object("objective")
    let name = try object.read("name", \.text)
    guard let objective = Objective(rawValue: name) else {
      let known = Objective.allCases.map(\.rawValue).joined(separator: ", ")
      throw ModelFormatError(
        .unsupported,
        "objective “\(name.prefix(64))”; understood are \(known)",
        at: object.path
      )
    }
    return objective
  }

  private static func featureCount(
    _ parameters: ModelFileObject<some ModelFileValue>
  ) throws(ModelFormatError) -> Int {
    let count = try parameters.parameter("num_feature")
    guard (1...maximumFeatureCount).contains(count) else {
      throw ModelFormatError(
        .tooLarge,
        "\(count) features; 1 to \(maximumFeatureCount) are accepted",
        at: parameters.path
      )
    }
    return count
  }

  /// A number, or since XGBoost 3.1 a vector of one.
  private static func baseScore(
    _ parameters: ModelFileObject<some ModelFileValue>
  ) throws(ModelFormatError) -> Float {
    var text = Substring(try parameters.read("base_score", \.text))
    if text.hasPrefix("["), text.hasSuffix("]") { text = text.dropFirst().dropLast() }
    // Float's initialiser also takes "nan", "inf" and hexadecimal numbers.
    guard !text.isEmpty, text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }),
      let score = Float(text), score.isFinite
    else {
      throw ModelFormatError(
        .outOfRange,
        "base score “\(text.prefix(64))” is not one finite number",
        at: parameters.path
      )
    }
    return score
  }

  private static func texts<Value: ModelFileValue>(
    _ name: String,
    of object: ModelFileObject<Value>
  ) throws(ModelFormatError) -> [String] {
    guard object.optional(name) != nil else { return [] }
    let texts = try object.read(name, \.elements).map(\.text)
    guard !texts.contains(nil) else {
      throw ModelFormatError(.wrongType, "an element is no text", at: "\(object.path).\(name)")
    }
    return texts.compactMap { $0 }
  }
}
