/// An expression bound to the fields of a pipeline: a flat program for a small stack machine.
///
/// Evaluating neither allocates nor fails; every path through the program is the same, so that equal values
/// give equal bits. NaN stands for missing, in the values and in the result.
public struct CompiledExpression: Sendable, Equatable {
  /// One step of the program: it takes its operands from the stack and pushes its result.
  struct Instruction: Sendable, Equatable {
    var operation: ExpressionOperation
    /// The field that is pushed, for `field`.
    var slot: Int32 = 0
    /// The number that is pushed, for `constant`.
    var constant = 0.0
  }

  /// The size of the stack; the compiler refuses expressions that need more.
  static let stackCapacity = 64

  /// The program.
  let instructions: [Instruction]
  /// The raw fields that the result depends on, directly or through derived features, by ascending slot.
  public let slots: [Int]

  /// Whether the result means "true": neither 0 nor missing.
  ///
  /// - Parameter values: The raw values of an application by slot.
  /// - Returns: Whether a rule with this condition applies.
  public func holds(_ values: UnsafeBufferPointer<Double>) -> Bool {
    let result = evaluate(values)
    return result == result && result != 0
  }

  /// Computes the expression for one application.
  ///
  /// - Parameter values: The raw values by slot; NaN is missing.
  /// - Returns: A finite number, or NaN where the result is missing, infinite or undefined.
  /// - Precondition: There is a value for every slot of the schema that the expression was compiled with.
  public func evaluate(_ values: UnsafeBufferPointer<Double>) -> Double {
    precondition(slots.last.map { $0 < values.count } ?? true, "one value for each field of the schema")
    let result = withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.stackCapacity) { stack in
      instructions.withUnsafeBufferPointer { Self.run($0, values, stack) }
    }
    return result
  }

  /// Computes the expression for one application.
  ///
  /// - Parameter values: The raw values by slot; NaN is missing.
  /// - Returns: A finite number, or NaN where the result is missing, infinite or undefined.
  /// - Precondition: There is a value for every slot of the schema that the expression was compiled with.
  public func evaluate(_ values: [Double]) -> Double {
    values.withUnsafeBufferPointer { evaluate($0) }
  }

  /// Runs a program.
  ///
  /// - Parameters:
  ///   - program: The instructions, as the compiler makes them.
  ///   - values: The raw values by slot.
  ///   - stack: Room for ``stackCapacity`` operands; its content does not matter.
  /// - Returns: A finite number, or NaN where the result is missing, infinite or undefined.
  static func run(
    _ program: UnsafeBufferPointer<Instruction>,
    _ values: UnsafeBufferPointer<Double>,
    _ stack: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    // The index of the last operand.
    var top = -1
    for instruction in program {
      switch instruction.operation.operandCount {
      case 0:
        top += 1
        stack[top] =
          instruction.operation == .field ? values[Int(instruction.slot)] : instruction.constant
      case 1:
        stack[top] = apply(instruction.operation, stack[top])
      case 2:
        top -= 1
        stack[top] = apply(instruction.operation, stack[top], stack[top + 1])
      default:
        top -= 2
        let condition = stack[top]
        stack[top] = condition != condition ? .nan : condition != 0 ? stack[top + 1] : stack[top + 2]
      }
    }
    return stack[top].isFinite ? stack[top] : .nan
  }

  @inline(__always)
  private static func apply(_ operation: ExpressionOperation, _ a: Double) -> Double {
    switch operation {
    case .negate: -a
    case .not: a != a ? a : a == 0 ? 1 : 0
    case .absolute: a.magnitude
    case .squareRoot: a.squareRoot()
    case .floor: a.rounded(.down)
    case .exponential: PortableMath.exp(a)
    case .logarithm: a > 0 ? PortableMath.log(a) : .nan
    case .logarithmOfOnePlus: a > -1 ? PortableMath.log1p(a) : .nan
    case .isMissing: a != a ? 1 : 0
    default: .nan
    }
  }

  @inline(__always)
  private static func apply(_ operation: ExpressionOperation, _ a: Double, _ b: Double) -> Double {
    switch operation {
    case .and: return a == 0 || b == 0 ? 0 : a != a || b != b ? .nan : 1
    case .or:
      if a == a && a != 0 || b == b && b != 0 { return 1 }
      return a != a || b != b ? .nan : 0
    case .coalesce: return a == a ? a : b
    case .nullIf: return a == b ? .nan : a
    default: break
    }
    guard a == a, b == b else { return .nan }
    switch operation {
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    case .divide: return b == 0 ? .nan : a / b
    case .less: return a < b ? 1 : 0
    case .lessOrEqual: return a <= b ? 1 : 0
    case .greater: return a > b ? 1 : 0
    case .greaterOrEqual: return a >= b ? 1 : 0
    case .equal: return a == b ? 1 : 0
    case .notEqual: return a != b ? 1 : 0
    case .minimum: return b < a ? b : a
    case .maximum: return b > a ? b : a
    default: return .nan
    }
  }
}
