internal import CreditEvents
internal import CreditScoring
internal import FeaturePipeline
internal import StrictJSON

/// Applications with their frozen results: every load computes them again and compares bits.
///
/// They hold pipeline, trees, calibration, policy and the program's arithmetic together: a change in any of them
/// that would change a decision is seen before the first record is scored.
struct GoldenVectors: Equatable {
  /// One application and what it must give.
  struct Vector: Equatable {
    var event: String
    /// The bits of every feature, then of the contribution of every reason; hashed, to keep the file small.
    var featuresSHA256: String
    var margin: UInt32
    var probabilityOfDefault: UInt64
    var points: Int
    var outcome: Decision.Outcome
    var rules: [String]
    var reasons: [ReasonBits]
  }

  struct ReasonBits: Equatable {
    var code: String
    var contribution: UInt64
  }

  static let schemaVersion = 1
  var vectors: [Vector]

  /// Computes the results of events.
  ///
  /// - Throws: ``RegistryError`` when there is no event, or one that the model's decoder rejects.
  init(of model: ScoringModel, events: [[UInt8]]) throws(RegistryError) {
    guard !events.isEmpty else {
      throw RegistryError(.invalidContent, BundleFile.vectors.rawValue, "no golden event; give some dozens")
    }
    let pipeline = model.pipeline
    let reader = ApplicationEventReader(pipeline)
    // All reasons, whatever the policy publishes: the vectors are to cover the contributions too.
    let scorer = ApplicationScorer(model: model, reasons: .all)
    var application = Application(schema: pipeline.schema)
    vectors = []
    for (index, event) in events.enumerated() {
      do throws(Rejection) {
        try reader.read(event, into: &application)
        let assessment = try scorer.assess(application)
        vectors.append(
          Vector(
            event: String(decoding: event, as: UTF8.self),
            featuresSHA256: Digest.sha256(Self.featureBits(of: application, pipeline)),
            margin: assessment.margin.bitPattern,
            probabilityOfDefault: assessment.probabilityOfDefault.bitPattern,
            points: assessment.points,
            outcome: assessment.outcome,
            rules: assessment.rules,
            reasons: assessment.reasons.map {
              ReasonBits(code: $0.code, contribution: $0.contribution.bitPattern)
            }
          )
        )
      } catch {
        throw RegistryError(
          .invalidContent,
          BundleFile.vectors.rawValue,
          "golden event \(index) is rejected: \(error.message)"
        )
      }
    }
  }

  private static func featureBits(of application: Application, _ pipeline: FittedPipeline) -> [UInt8] {
    var features = [Float](repeating: .nan, count: pipeline.features.count)
    application.values.withUnsafeBufferPointer { values in
      features.withUnsafeMutableBufferPointer { pipeline.transform(values, into: $0) }
    }
    // One pattern for every NaN: its payload has no meaning.
    return features.flatMap { feature in
      withUnsafeBytes(of: (feature.isNaN ? Float.nan : feature).bitPattern.littleEndian) { Array($0) }
    }
  }

  /// Computes everything again and compares.
  ///
  /// - Throws: ``RegistryError`` `vectorsDiffer` with the number of the first vector that differs.
  func check(against model: ScoringModel, path: String) throws(RegistryError) {
    let replayed = try GoldenVectors(of: model, events: vectors.map { Array($0.event.utf8) })
    for (index, (frozen, now)) in zip(vectors, replayed.vectors).enumerated() where frozen != now {
      throw RegistryError(
        .vectorsDiffer,
        path,
        "golden vector \(index) does not replay to the same bits: the bundle was made by another version of the "
          + "program, or was changed; train it again"
      )
    }
  }
}

extension ApplicationEventReader {
  fileprivate func read(_ event: [UInt8], into application: inout Application) throws(Rejection) {
    // `withUnsafeBytes` does not pass typed errors on.
    let result = event.withUnsafeBytes { bytes -> Result<Application, Rejection> in
      var decoded = application
      do throws(Rejection) {
        try read(bytes, into: &decoded)
        return .success(decoded)
      } catch {
        return .failure(error)
      }
    }
    application = try result.get()
  }
}
