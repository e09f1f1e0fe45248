import CreditEvents
import FeaturePipeline
import Simulation
import Tables

/// Takes the rows of a table the way of the stream and holds their features against those of the table.
struct EventComparison {
  let pipeline: FittedPipeline
  let input: String
  let history: HistoryFolder?

  /// Compares every row.
  ///
  /// - Parameter matrix: The features of the table's rows, in their order.
  /// - Throws: ``CommandFailure`` at the first feature with another bit; `TableError` when a file cannot be read.
  func run(against matrix: FeatureMatrix) throws {
    var source = try TableSource(
      input,
      layout: pipeline.layout,
      schema: pipeline.schema,
      times: TableSource.Times(startMilliseconds: 0),
      history: try history.map {
        try PublishedHistory(
          $0,
          of: input,
          layout: pipeline.layout,
          idField: pipeline.schema.idField,
          plan: pipeline.historyPlan
        )
      }
    )
    let reader = ApplicationEventReader(pipeline)
    var application = Application(schema: pipeline.schema)
    var features = [Float](repeating: .nan, count: pipeline.features.count)
    let bar = ProgressBar("comparing with events")
    var row = 0
    var sizes: [Int] = []
    while let event = try source.next() {
      guard let value = event.value else { continue }
      sizes.append(value.count)
      let rejection = value.withUnsafeBytes { bytes -> Rejection? in
        do throws(Rejection) {
          try reader.read(bytes, into: &application)
          return nil
        } catch {
          return error
        }
      }
      if let rejection {
        throw CommandFailure("\(input): row \(row + 1) is rejected as an event: \(rejection.message)")
      }
      application.values.withUnsafeBufferPointer { values in
        features.withUnsafeMutableBufferPointer { pipeline.transform(values, into: $0) }
      }
      for (column, feature) in features.enumerated() {
        let other = matrix[row, column]
        guard feature.bitPattern == other.bitPattern || feature.isNaN && other.isNaN else {
          throw CommandFailure(
            "\(input): row \(row + 1): \(pipeline.features[column].name) has other bits as an event than in the table"
          )
        }
      }
      row += 1
      bar.show(Double(row) / Double(matrix.rowCount))
    }
    bar.finish()
    guard row == matrix.rowCount, !sizes.isEmpty else {
      throw CommandFailure("\(input): \(row) events for \(matrix.rowCount) rows")
    }
    sizes.sort()
    Terminal.note(
      "\(row) events give the same bits; their sizes: mean \(sizes.reduce(0, +) / sizes.count), median "
        + "\(sizes[sizes.count / 2]), 99th percentile \(sizes[sizes.count * 99 / 100]), greatest \(sizes[sizes.count - 1]) bytes"
    )
  }
}
