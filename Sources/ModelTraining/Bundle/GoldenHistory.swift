import CreditEvents
import FeaturePipeline
import StrictJSON

/// Made-up rows of history for golden events: drawn from a generator, never from a client.
struct GoldenHistory {
  /// The tables.
  let tables: [HistoryTable]

  /// Makes the arrays of one event.
  ///
  /// - Parameter generator: Draws the rows.
  /// - Returns: The array of each table of the application itself, as JSON text.
  func make(by generator: inout SeededGenerator) -> [(name: String, rows: [UInt8])] {
    tables.indices.filter { tables[$0].parent == nil }.map { table in
      var writer = JSONWriter()
      write(table, into: &writer, by: &generator)
      return (tables[table].name, writer.bytes)
    }
  }

  private func write(_ index: Int, into writer: inout JSONWriter, by generator: inout SeededGenerator) {
    let table = tables[index]
    writer.beginArray()
    // Some events have no rows at all.
    for _ in 0..<generator.index(below: 6) {
      writer.beginObject()
      for field in table.readFields {
        writer.key(table.fields[field].name)
        write(table.fields[field], table.categories[field]?.categories ?? [], into: &writer, by: &generator)
      }
      for nested in tables.indices where tables[nested].parent == index {
        writer.key(tables[nested].name)
        write(nested, into: &writer, by: &generator)
      }
      writer.endObject()
    }
    writer.endArray()
  }

  private func write(
    _ field: Field,
    _ categories: [String],
    into writer: inout JSONWriter,
    by generator: inout SeededGenerator
  ) {
    if generator.index(below: 10) == 0 { return writer.null() }
    switch field.kind {
    // Both signs and fractions, mostly before the application: what times and amounts look like.
    case .number: writer.number(Double(generator.index(below: 4000) - 3600) / 8)
    case .flag:
      let isOn = generator.index(below: 2) == 1
      if let labels = field.flagLabels {
        writer.string(isOn ? labels.on : labels.off)
      } else {
        writer.boolean(isOn)
      }
    case .category:
      let choice = generator.index(below: categories.count + 1)
      writer.string(choice < categories.count ? categories[choice] : "unseen")
    }
  }
}
