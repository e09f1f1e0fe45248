import CreditEvents
import FeaturePipeline

/// A usual value for each field: the middle one among a bundle's golden events, so that no single applicant is shown.
struct UsualValues {
  /// By slot; NaN where no event has a value.
  let values: [Double]

  init(_ events: [String], _ pipeline: FittedPipeline) {
    let decoder = ApplicationDecoder(schema: pipeline.schema, dictionaries: pipeline.dictionaries)
    var columns = [[Double]](repeating: [], count: pipeline.schema.fields.count)
    var application = Application(schema: pipeline.schema)
    for event in events {
      let bytes = Array(event.utf8)
      let isRead = bytes.withUnsafeBytes { bytes in (try? decoder.decode(bytes, into: &application)) != nil }
      guard isRead else { continue }
      for (slot, value) in application.values.enumerated() where !value.isNaN { columns[slot].append(value) }
    }
    values = zip(columns, pipeline.schema.fields).map { column, field in
      field.kind == .number ? Self.middle(column) : Self.commonest(column)
    }
  }

  private static func middle(_ column: [Double]) -> Double {
    column.isEmpty ? .nan : column.sorted()[column.count / 2]
  }

  private static func commonest(_ column: [Double]) -> Double {
    var counts: [Double: Int] = [:]
    for value in column where value >= 0 { counts[value, default: 0] += 1 }
    return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? .nan
  }
}
