import CreditEvents
public import FeaturePipeline
public import ModelRegistry
import StrictJSON
import XGBoost

extension TrainedModel {
  /// What the registry makes a bundle of.
  ///
  /// - Parameters:
  ///   - table: The table it was trained on.
  ///   - seed: Chooses the golden events.
  /// - Returns: The parts, with golden events and what is to be known of the training.
  /// - Throws: What is wrong with the table's schema.
  public func bundleContents(goldenFrom table: ApplicationTable, seed: UInt64) throws -> BundleContents {
    BundleContents(
      pipeline: pipeline,
      modelJSON: modelJSON,
      calibration: calibration,
      policy: policy,
      goldenEvents: try GoldenApplications.events(mixedFrom: table, seed: seed),
      training: try trainingNote()
    )
  }

  private func trainingNote() throws -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("libraries")
    writer.beginObject()
    writer.member("xgboost", XGBoostLibrary.version)
    writer.endObject()
    writer.key("report")
    try JSONParser(limits: .document).withRoot(of: report.encoded()) { writer.value($0) }
    writer.endObject()
    return writer.bytes
  }
}

/// Applications for a bundle's golden vectors: plausible, and nobody's.
///
/// Each field takes its value from a row of its own, drawn by the seed, so that all kinds of values occur and no
/// applicant's record ends up in a bundle.
enum GoldenApplications {
  static let count = 48

  static func events(mixedFrom table: ApplicationTable, seed: UInt64) throws -> [[UInt8]] {
    let encoder = try ApplicationEncoder(schema: table.schema)
    var generator = SeededGenerator(seed: seed, purpose: [7])
    return (0..<count).map { index in
      var application = Application(schema: table.schema)
      application.id = "golden-\(index)"
      for slot in table.columns.indices {
        application.values[slot] = table.columns[slot][generator.index(below: table.rowCount)]
      }
      var writer = JSONWriter()
      encoder.encode(application, dictionaries: table.dictionaries, into: &writer)
      return writer.bytes
    }
  }
}
