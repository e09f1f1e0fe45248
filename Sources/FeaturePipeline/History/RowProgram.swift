/// A value or a condition over the columns of a row, with short cuts for the usual ones.
enum RowProgram: Sendable, Equatable {
  /// A column as it is.
  case column(Int)
  /// The number of a category or other field compared with a constant, and similar conditions joined by `and`.
  case conjunction([Comparison])
  /// Anything else.
  case general(CompiledExpression)

  /// A column compared with a constant.
  struct Comparison: Sendable, Equatable {
    var column: Int
    var operation: ExpressionOperation
    var constant: Double

    @inline(__always)
    func holds(_ value: Double) -> Double {
      guard value == value else { return .nan }
      let result =
        switch operation {
        case .less: value < constant
        case .lessOrEqual: value <= constant
        case .greater: value > constant
        case .greaterOrEqual: value >= constant
        case .equal: value == constant
        default: value != constant
        }
      return result ? 1 : 0
    }
  }

  /// Finds the short cut of a program.
  ///
  /// - Parameter program: A compiled expression over a row.
  init(_ program: CompiledExpression) {
    let instructions = program.instructions
    if instructions.count == 1, instructions[0].operation == .field {
      self = .column(Int(instructions[0].slot))
    } else if let comparisons = Self.comparisons(instructions) {
      self = .conjunction(comparisons)
    } else {
      self = .general(program)
    }
  }

  /// The comparisons of `a < 1 and b == 2 and …`, nil for any other program.
  private static func comparisons(_ program: [CompiledExpression.Instruction]) -> [Comparison]? {
    var found: [Comparison] = []
    var open = 0
    var position = 0
    while position < program.count {
      if program[position].operation == .and {
        guard open >= 2 else { return nil }
        open -= 1
        position += 1
        continue
      }
      guard position + 2 < program.count, program[position].operation == .field,
        program[position + 1].operation == .constant, program[position + 2].operation.isComparison
      else { return nil }
      found.append(
        Comparison(
          column: Int(program[position].slot),
          operation: program[position + 2].operation,
          constant: program[position + 1].constant
        )
      )
      open += 1
      position += 3
    }
    return open == 1 ? found : nil
  }

  /// Computes the program for rows.
  ///
  /// - Parameters:
  ///   - rows: The rows' numbers, row by row.
  ///   - width: How many numbers a row has.
  ///   - order: Which rows, in which order.
  ///   - output: Receives a number for each; NaN is missing or unknown.
  func run(
    _ rows: UnsafeBufferPointer<Double>,
    width: Int,
    order: UnsafeBufferPointer<Int32>,
    into output: UnsafeMutableBufferPointer<Double>
  ) {
    switch self {
    case .column(let column):
      for index in 0..<order.count { output[index] = rows[Int(order[index]) * width + column] }
    case .conjunction(let comparisons):
      for index in 0..<order.count { output[index] = 1 }
      for comparison in comparisons {
        for index in 0..<order.count {
          let holds = comparison.holds(rows[Int(order[index]) * width + comparison.column])
          // Three-valued `and`: false wins over unknown.
          output[index] = output[index] == 0 || holds == 0 ? 0 : output[index] * holds
        }
      }
    case .general(let program):
      withUnsafeTemporaryAllocation(of: Double.self, capacity: CompiledExpression.stackCapacity) { stack in
        program.instructions.withUnsafeBufferPointer { instructions in
          for index in 0..<order.count {
            let row = UnsafeBufferPointer(
              rebasing: rows[Int(order[index]) * width..<(Int(order[index]) + 1) * width]
            )
            output[index] = CompiledExpression.run(instructions, row, stack)
          }
        }
      }
    }
  }
}

extension ExpressionOperation {
  /// Whether it compares two numbers.
  fileprivate var isComparison: Bool {
    switch self {
    case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: true
    default: false
    }
  }
}
