import CreditEvents

/// The encoders of a pipeline laid out flat, so that transforming a record touches no reference count.
struct TransformPlan: Sendable {
  /// What one step does.
  private enum Action: UInt8 {
    case number
    case oneHot
    case target
  }

  /// One encoder; which numbers have a meaning depends on the action.
  private struct Step {
    var action: Action
    var takesLog = false
    var standardises = false
    var hasMissingIndicator = false
    /// The slot of a raw field, or −1 for a formula.
    var slot: Int32 = -1
    /// The formula's instructions.
    var programStart: Int32 = 0
    var programEnd: Int32 = 0
    /// The first column of the output and how many there are.
    var column: Int32
    var columnCount: Int32
    /// Where the category's entries in `columns` or `rates` begin and how many there are.
    var entryStart: Int32 = 0
    var entryCount: Int32 = 0
    /// One-hot: the columns for unseen and missing categories, or −1.
    var unseenColumn: Int32 = -1
    var missingColumn: Int32 = -1
    /// For a number the fill (NaN for none), mean and deviation; for a rate those of unseen and missing.
    var first = Double.nan
    var second = 0.0
    var third = 1.0
  }

  private var steps: [Step] = []
  private var instructions: [CompiledExpression.Instruction] = []
  /// One-hot: the column of each code, or −1.
  private var columns: [Int32] = []
  /// Target: the rate of each code.
  private var rates: [Double] = []
  /// The number of features.
  private(set) var columnCount = 0

  /// Lays out encoders.
  ///
  /// - Parameters:
  ///   - encoders: The encoders in the order of their features.
  ///   - programs: The derived formulas that they refer to.
  ///   - dictionaries: The categories by slot.
  init(encoders: [FeatureEncoder], programs: [CompiledExpression], dictionaries: [CategoryDictionary?]) {
    for encoder in encoders {
      var step: Step
      switch encoder.encoding {
      case .number(let number): step = Self.step(number, at: columnCount)
      case .oneHot(let oneHot):
        guard case .field(let slot) = encoder.source else { continue }
        step = self.step(oneHot, categoryCount: dictionaries[slot]?.count ?? 0)
      case .target(let target): step = self.step(target)
      }
      switch encoder.source {
      case .field(let slot): step.slot = Int32(slot)
      case .derived(let index):
        step.programStart = Int32(instructions.count)
        instructions += programs[index].instructions
        step.programEnd = Int32(instructions.count)
      }
      columnCount += Int(step.columnCount)
      steps.append(step)
    }
  }

  private static func step(_ number: NumberEncoding, at column: Int) -> Step {
    var step = Step(action: .number, column: Int32(column), columnCount: number.hasMissingIndicator ? 2 : 1)
    step.takesLog = number.takesLog
    step.hasMissingIndicator = number.hasMissingIndicator
    step.first = number.fill ?? .nan
    if let standardisation = number.standardisation {
      step.standardises = true
      step.second = standardisation.mean
      step.third = standardisation.deviation
    }
    return step
  }

  private mutating func step(_ oneHot: OneHotEncoding, categoryCount: Int) -> Step {
    var next = columnCount + oneHot.codes.count
    var step = Step(action: .oneHot, column: Int32(columnCount), columnCount: 0)
    if oneHot.hasOther {
      step.unseenColumn = Int32(next)
      next += 1
    }
    if oneHot.hasMissing {
      step.missingColumn = Int32(next)
      next += 1
    }
    step.columnCount = Int32(next - columnCount)
    step.entryStart = Int32(columns.count)
    step.entryCount = Int32(categoryCount)
    columns += [Int32](repeating: step.unseenColumn, count: categoryCount)
    for (index, code) in oneHot.codes.enumerated() {
      columns[Int(step.entryStart) + code] = Int32(columnCount + index)
    }
    return step
  }

  private mutating func step(_ target: TargetEncoding) -> Step {
    var step = Step(action: .target, column: Int32(columnCount), columnCount: 1)
    step.first = target.prior
    step.second = target.missing
    step.entryStart = Int32(rates.count)
    step.entryCount = Int32(target.rates.count)
    rates += target.rates
    return step
  }

  /// Computes the features of one record, without allocating.
  ///
  /// - Parameters:
  ///   - values: The raw values by slot.
  ///   - features: Receives the features.
  /// - Precondition: Both have the sizes of the pipeline; the caller has checked it.
  func run(_ values: UnsafeBufferPointer<Double>, into features: UnsafeMutableBufferPointer<Float>) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: CompiledExpression.stackCapacity) { stack in
      steps.withUnsafeBufferPointer { steps in
        instructions.withUnsafeBufferPointer { instructions in
          for step in steps {
            var value = Double.nan
            if step.slot >= 0 {
              value = values[Int(step.slot)]
            } else {
              let program = instructions[Int(step.programStart)..<Int(step.programEnd)]
              value = CompiledExpression.run(UnsafeBufferPointer(rebasing: program), values, stack)
            }
            switch step.action {
            case .number: Self.writeNumber(value, step, features)
            case .oneHot: writeOneHot(value, step, features)
            case .target: writeRate(value, step, features)
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private static func writeNumber(
    _ value: Double,
    _ step: Step,
    _ features: UnsafeMutableBufferPointer<Float>
  ) {
    var value = value
    if step.takesLog, value <= -1 { value = .nan }
    let isMissing = value != value
    if isMissing { value = step.first }
    if step.takesLog { value = PortableMath.log1p(value) }
    if step.standardises { value = (value - step.second) / step.third }
    features[Int(step.column)] = single(value)
    if step.hasMissingIndicator { features[Int(step.column) + 1] = isMissing ? 1 : 0 }
  }

  @inline(__always)
  private func writeOneHot(_ value: Double, _ step: Step, _ features: UnsafeMutableBufferPointer<Float>) {
    for column in Int(step.column)..<Int(step.column + step.columnCount) { features[column] = 0 }
    let column: Int32
    if value != value {
      column = step.missingColumn
    } else if value >= 0, value < Double(step.entryCount) {
      column = columns[Int(step.entryStart) + Int(value)]
    } else {
      column = step.unseenColumn
    }
    if column >= 0 { features[Int(column)] = 1 }
  }

  @inline(__always)
  private func writeRate(_ value: Double, _ step: Step, _ features: UnsafeMutableBufferPointer<Float>) {
    let rate: Double
    if value != value {
      rate = step.second
    } else if value >= 0, value < Double(step.entryCount) {
      rate = rates[Int(step.entryStart) + Int(value)]
    } else {
      rate = step.first
    }
    features[Int(step.column)] = Self.single(rate)
  }

  /// The nearest single-precision number; never infinite, and NaN with one pattern of bits.
  ///
  /// - Parameter value: A number.
  /// - Returns: A finite number or NaN.
  @inline(__always)
  static func single(_ value: Double) -> Float {
    guard value == value else { return .nan }
    let limit = Float.greatestFiniteMagnitude
    return max(-limit, min(limit, Float(value)))
  }
}
