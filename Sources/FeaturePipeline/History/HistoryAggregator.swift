public import CreditEvents

/// Computes the aggregates of one application after the other from its rows of history.
///
/// Tables of files and arrays of events go through this same code, and each group of rows is brought into its
/// table's total order first; therefore both give the same bits, however the rows came.
///
/// **Thread:** one at a time; give each worker its own.
public struct HistoryAggregator {
  private let plan: HistoryPlan
  private var order: [Int32] = []
  private var columns: [Double] = []
  private var scratch: [Double] = []

  /// Prepares to compute.
  ///
  /// - Parameter plan: What is computed.
  public init(_ plan: HistoryPlan) { self.plan = plan }

  /// Computes all aggregates of an application.
  ///
  /// - Parameters:
  ///   - history: The rows of each table; receives the aggregates of nested tables in the rows of their parents.
  ///   - values: The application's values; the last of them, as many as there are aggregates, are set.
  /// - Precondition: There is an element of `history` for each table of the plan, with all its groups ended.
  /// - Complexity: O(rows · aggregates), no allocation when warm.
  public mutating func run(_ history: inout [HistoryRows], into values: inout [Double]) {
    precondition(history.count == plan.tables.count && values.count >= plan.aggregates.count)
    let base = values.count - plan.aggregates.count
    // What is nested comes behind its parent, so that going back it is done before.
    for table in plan.tables.indices.reversed() {
      let step = plan.steps[table]
      let parent = plan.tables[table].parent
      var start = 0
      for group in history[table].groupEnds.indices {
        let end = history[table].groupEnds[group]
        if let parent {
          let row = group * history[parent].width
          run(step, history[table], start..<end) { history[parent].values[row + step.firstOutput + $0] = $1 }
        } else {
          run(step, history[table], start..<end) { values[base + step.firstOutput + $0] = $1 }
        }
        start = end
      }
    }
  }

  /// Computes the aggregates of one group.
  private mutating func run(
    _ step: HistoryPlan.TablePlan,
    _ rows: HistoryRows,
    _ group: Range<Int>,
    write: (Int, Double) -> Void
  ) {
    let count = group.count
    if order.count < count {
      order = [Int32](repeating: 0, count: count * 2)
      scratch = [Double](repeating: 0, count: count * 2)
    }
    // One more column for the time.
    if columns.count < (step.programs.count + 1) * count {
      columns = [Double](repeating: 0, count: (step.programs.count + 1) * count * 2)
    }
    order.withUnsafeMutableBufferPointer { order in
      let order = UnsafeMutableBufferPointer(rebasing: order[..<count])
      for index in 0..<count { order[index] = Int32(truncatingIfNeeded: group.lowerBound + index) }
      rows.values.withUnsafeBufferPointer { values in
        RowOrder(rows: values, width: rows.width, columns: step.order).sort(order)
        columns.withUnsafeMutableBufferPointer { columns in
          let sorted = UnsafeBufferPointer(order)
          for (index, program) in step.programs.enumerated() {
            let column = UnsafeMutableBufferPointer(rebasing: columns[index * count..<(index + 1) * count])
            program.run(values, width: rows.width, order: sorted, into: column)
          }
          func column(_ index: Int) -> UnsafeBufferPointer<Double>? {
            index < 0 ? nil : UnsafeBufferPointer(rebasing: columns[index * count..<(index + 1) * count])
          }
          let time = UnsafeMutableBufferPointer(
            rebasing: columns[step.programs.count * count..<(step.programs.count + 1) * count]
          )
          if step.time >= 0 {
            RowProgram.column(step.time).run(values, width: rows.width, order: sorted, into: time)
          }
          scratch.withUnsafeMutableBufferPointer { scratch in
            for (index, output) in step.outputs.enumerated() {
              let selection = RowSelection(
                count: count,
                value: column(output.value),
                condition: column(output.condition)
              )
              let result = selection.aggregate(
                output.function,
                time: UnsafeBufferPointer(time),
                scratch: UnsafeMutableBufferPointer(rebasing: scratch[..<count])
              )
              write(index, result.isFinite ? result : .nan)
            }
          }
        }
      }
    }
  }
}
