import CreditEvents
public import FeaturePipeline

/// Reads a plain table of numbers: a header line, then features as the model takes them.
public enum FeatureMatrixReader {
  /// Reads a CSV file, which may be compressed with gzip.
  ///
  /// - Parameter path: The file. An empty cell, `NaN` or `NA` is missing.
  /// - Returns: The numbers, rounded to single precision.
  /// - Throws: ``TableError`` with line and column of what is not a number.
  public static func read(_ path: String) throws(TableError) -> FeatureMatrix {
    let reader = CSVReader(try TableInput.open(path))
    let names = try HeaderLine.read(reader, layout: TableLayout())
    let parsers = names.map {
      FieldParser(Field(name: $0, kind: .number, missingTexts: ["NaN", "nan", "NA"]))
    }
    var values: [Float] = []
    while try reader.next() {
      guard reader.cellCount == names.count else {
        throw reader.error(.ragged, "the row has \(reader.cellCount) cells instead of \(names.count)")
      }
      for (index, parser) in parsers.enumerated() {
        let result = reader.withCell(index) { cell in
          Result { () throws(FieldProblem) in try parser.value(ofCell: cell) { _ in nil } }
        }
        guard let value = try? result.get() else {
          throw reader.error(
            .cell,
            column: names[index],
            "the cell is not a number; leave missing values empty"
          )
        }
        let single = Float(value)
        guard !single.isInfinite else {
          throw reader.error(.cell, column: names[index], "the number is too large for single precision")
        }
        values.append(single)
      }
    }
    return FeatureMatrix(names: names, values: values)
  }
}
