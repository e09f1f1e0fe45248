import CreditEvents
import FeaturePipeline

/// Turns a declaration into variables in an order in which they can be drawn, and finds every fault on the way.
struct SimulationCompiler {
  private let declaration: SimulationDeclaration
  private let seed: UInt64
  private(set) var problems: [SimulationProblem] = []
  private var scope: ExpressionScope?
  /// The names of the variables by slot: fields first, then factors.
  private let names: [String]

  init(_ declaration: SimulationDeclaration, seed: UInt64) {
    self.declaration = declaration
    self.seed = seed
    names = (declaration.fields + declaration.factors).map(\.name)
  }

  /// What a simulator is made of.
  struct Result {
    var schema: ApplicationSchema
    var dictionaries: [CategoryDictionary?]
    var encoder: ApplicationEncoder
    var variables: [CompiledVariable]
    var logOdds: Term
  }

  mutating func compile() throws(SimulationError) -> Result {
    let all = declaration.fields + declaration.factors
    let schemas = makeSchemas(all)
    let dictionaries = all.map { Self.dictionary(of: $0.declaration.distribution) }
    if let schemas { scope = ExpressionScope(schema: schemas.whole, dictionaries: dictionaries) }
    var variables: [CompiledVariable] = []
    var uses: [Set<Int>] = []
    for (slot, variable) in all.enumerated() {
      let isField = slot < declaration.fields.count
      let path = [isField ? "fields" : "factors", variable.name]
      var used: Set<String> = []
      if !isField { refuseForFactors(variable.declaration, path) }
      variables.append(compile(variable.declaration, slot: slot, path, &used))
      uses.append(Set(names.indices.filter { used.contains(names[$0]) }))
    }
    var used: Set<String> = []
    let logOdds = term(declaration.outcome.logOdds, ["outcome", "log_odds"], &used)
    checkNumbers()
    let order = drawingOrder(uses)
    guard let schemas, problems.isEmpty else {
      throw SimulationError(
        .invalidDeclaration,
        "the simulation \"\(declaration.name)\" cannot be used; correct what follows",
        problems: problems
      )
    }
    return Result(
      schema: schemas.visible,
      dictionaries: Array(dictionaries.prefix(declaration.fields.count)),
      encoder: schemas.encoder,
      variables: order.map { variables[$0] },
      logOdds: logOdds
    )
  }

  private mutating func note(_ path: [String], _ message: String) {
    problems.append(SimulationProblem(path: path, message: message))
  }

  // MARK: Names

  /// The schema of the applications, and one with the factors as well, for expressions.
  private mutating func makeSchemas(_ all: [SimulationDeclaration.Variable])
    -> (visible: ApplicationSchema, whole: ApplicationSchema, encoder: ApplicationEncoder)?
  {
    let fields = all.map { Self.field($0) }
    let id = declaration.id.field
    let target = declaration.outcome.field
    do {
      let whole = try ApplicationSchema(idField: id, targetField: target, fields: fields)
      let visible = try ApplicationSchema(
        idField: id,
        targetField: target,
        fields: Array(fields.prefix(declaration.fields.count))
      )
      return (visible, whole, try ApplicationEncoder(schema: visible))
    } catch {
      note(["fields"], error.description)
      return nil
    }
  }

  private static func field(_ variable: SimulationDeclaration.Variable) -> Field {
    var field = Field(name: variable.name, kind: kind(of: variable.declaration.distribution))
    if let labels = variable.declaration.labels, labels.count == 2 {
      field.kind = .flag
      field.flagLabels = Field.FlagLabels(off: labels[0], on: labels[1])
    }
    return field
  }

  private static func kind(of distribution: DistributionDeclaration) -> Field.Kind {
    switch distribution {
    case .categories: .category
    case .chance, .logOdds: .flag
    default: .number
    }
  }

  private static func dictionary(of distribution: DistributionDeclaration) -> CategoryDictionary? {
    guard case .categories(let cases) = distribution else { return nil }
    return CategoryDictionary(cases.map(\.value))
  }

  /// The slots in an order in which each comes after those it depends on, declared order first.
  private mutating func drawingOrder(_ uses: [Set<Int>]) -> [Int] {
    var order: [Int] = []
    var placed = [Bool](repeating: false, count: uses.count)
    while order.count < uses.count {
      let ready = uses.indices.filter { !placed[$0] && uses[$0].allSatisfy { placed[$0] } }
      guard !ready.isEmpty else {
        let circle = Self.circle(among: uses.indices.filter { !placed[$0] }, uses).map { names[$0] }
        note(["fields"], "\(circle.joined(separator: ", ")) depend on each other in a circle; break it")
        return []
      }
      for slot in ready { placed[slot] = true }
      order += ready
    }
    return order
  }

  /// The slots that make the circle, without those that only wait for it.
  private static func circle(among waiting: [Int], _ uses: [Set<Int>]) -> [Int] {
    let needed = waiting.filter { slot in waiting.contains { uses[$0].contains(slot) } }
    return needed.count == waiting.count ? waiting : circle(among: needed, uses)
  }

  // MARK: Variables

  private mutating func refuseForFactors(_ declaration: VariableDeclaration, _ path: [String]) {
    if declaration.missing != nil {
      note(path + ["missing"], "a factor is never shown, so it cannot be missing; remove it")
    }
  }

  private mutating func compile(
    _ declaration: VariableDeclaration,
    slot: Int,
    _ path: [String],
    _ used: inout Set<String>
  ) -> CompiledVariable {
    let isNumber = Self.kind(of: declaration.distribution) == .number
    if let labels = declaration.labels, labels.count != 2 || labels[0] == labels[1] {
      note(path + ["labels"], "labels are the two texts of a flag, off and on: [N, Y]")
    }
    if !isNumber && (declaration.curve != nil || declaration.roundTo != nil || declaration.clamp != nil) {
      note(path, "curve, round_to and clamp shape numbers; this is a category or a flag")
    }
    if let roundTo = declaration.roundTo, !(roundTo > 0) {
      note(path + ["round_to"], "round_to is the step of the values and must be above 0")
    }
    var range: ClosedRange<Double>?
    if let clamp = declaration.clamp {
      if clamp.count == 2, clamp[0] <= clamp[1] {
        range = clamp[0]...clamp[1]
      } else {
        note(path + ["clamp"], "clamp is the smallest and the largest value: [0, 100]")
      }
    }
    return CompiledVariable(
      slot: slot,
      source: RandomStream.source(seed: seed, name: "value/" + names[slot]),
      distribution: distribution(declaration.distribution, path, &used),
      curve: curve(declaration.curve, path),
      roundTo: declaration.roundTo,
      clamp: range,
      missing: declaration.missing.map { term($0, path + ["missing"], &used) } ?? .constant(0)
    )
  }

  private mutating func curve(_ points: [[Double]]?, _ path: [String]) -> Curve? {
    guard let points else { return nil }
    let pairs = points.compactMap { $0.count == 2 ? (x: $0[0], y: $0[1]) : nil }
    let rises = zip(pairs, pairs.dropFirst()).allSatisfy { $0.x < $1.x }
    guard pairs.count == points.count, pairs.count >= 2, rises else {
      note(path + ["curve"], "a curve is two or more points [x, y] with rising x")
      return nil
    }
    return Curve(points: pairs)
  }

  private mutating func distribution(
    _ declaration: DistributionDeclaration,
    _ path: [String],
    _ used: inout Set<String>
  ) -> Distribution {
    switch declaration {
    case .formula(let value):
      return .formula(term(value, path + ["formula"], &used))
    case .normal(let mean, let deviation):
      let path = path + ["normal"]
      return .normal(mean: term(mean, path, &used), deviation: term(deviation, path, &used, atLeast: 0))
    case .lognormal(let median, let sigma):
      let path = path + ["lognormal"]
      return .lognormal(
        median: term(median, path, &used, atLeast: 0),
        sigma: term(sigma, path, &used, atLeast: 0)
      )
    case .uniform(let low, let high):
      let path = path + ["uniform"]
      return .uniform(low: term(low, path, &used), high: term(high, path, &used))
    case .gamma(let shape, let mean):
      let path = path + ["gamma"]
      return .gamma(shape: term(shape, path, &used, atLeast: 1e-3), mean: term(mean, path, &used, atLeast: 0))
    case .poisson(let mean):
      return .poisson(mean: term(mean, path + ["poisson"], &used, atLeast: 0))
    case .chance(let probability):
      return .chance(term(probability, path + ["chance"], &used, atLeast: 0))
    case .logOdds(let margin):
      return .logOdds(term(margin, path + ["log_odds"], &used))
    case .categories(let cases):
      let path = path + ["categories"]
      if Set(cases.map(\.value)).count < cases.count { note(path, "a category is listed twice; remove one") }
      return .categories(weights(cases, path, &used))
    case .pointMasses(let cases):
      return .pointMasses(cases.map(\.value), weights(cases, path + ["point_masses"], &used))
    case .mixture(let cases):
      let path = path + ["mixture"]
      var parts: [Distribution] = []
      for (index, part) in cases.enumerated() {
        let path = path + ["\(index)"]
        if Self.kind(of: part.value) != .number {
          note(path, "a mixture mixes numbers; categories and flags have weights of their own")
        }
        parts.append(distribution(part.value, path, &used))
      }
      return .mixture(parts, weights(cases, path, &used))
    }
  }

  private mutating func weights<Value>(
    _ cases: [DistributionDeclaration.Weighted<Value>],
    _ path: [String],
    _ used: inout Set<String>
  ) -> [Term] {
    if cases.isEmpty { note(path, "there is no case; list at least one") }
    var terms: [Term] = []
    for element in cases {
      terms.append(term(element.weight, path + ["\(element.value)"], &used, atLeast: 0))
    }
    return terms
  }

  private mutating func term(
    _ quantity: Quantity,
    _ path: [String],
    _ used: inout Set<String>,
    atLeast minimum: Double = -.infinity
  ) -> Term {
    switch quantity {
    case .number(let number):
      if !(number >= minimum) || !number.isFinite {
        note(path, "\(number) is not possible here; the smallest number is \(minimum)")
      }
      return .constant(number)
    case .expression(let text):
      do {
        let expression = try Expression(text)
        used.formUnion(expression.names)
        guard let scope else { return .constant(.nan) }
        return .expression(try expression.compiled(in: scope))
      } catch {
        note(path, error.description)
        return .constant(.nan)
      }
    }
  }

  // MARK: The rest

  private mutating func checkNumbers() {
    if !(declaration.events.perHour > 0) || !declaration.events.perHour.isFinite {
      note(["events", "per_hour"], "per_hour is how many applications arrive in an hour and must be above 0")
    }
    let days = declaration.outcome.knownAfterDays
    if days.count != 2 || !(days[0] >= 0) || !(days[0] <= days[1]) {
      note(["outcome", "known_after_days"], "give the fewest and the most days: [90, 360]")
    }
  }
}
