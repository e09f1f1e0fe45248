import TestSupport

/// Plants the golden file's changes into the Taiwan data, from the same seeded draws.
struct GoldenScenarios {
  private let loans: TaiwanLoans
  private let order: [Int]
  private let uniform: [Double]

  init(loans: TaiwanLoans) {
    self.loans = loans
    let seed: UInt64 = 20_240_607
    var permutation = SeededDraws(seed: seed)
    order = permutation.permutation(loans.rowCount)
    var draws = SeededDraws(seed: seed + 1)
    uniform = (0..<loans.rowCount / 2).map { _ in draws.uniform() }
  }

  /// Reference and current values of a golden column, or nil where its plant is not one of those made here.
  func samples(of column: GoldenDrift.Column) -> (reference: [Double], current: [Double])? {
    let parts = column.name.split(separator: ".")
    let (scenario, name) = (String(parts[0]), String(parts[1]))
    guard let values = loans.columns[name] else { return nil }
    if scenario == "natural_file_order" { return (Array(values[..<15_000]), Array(values[15_000...])) }
    let words = scenario.split(separator: "_")
    guard let count = words.last.flatMap({ Int($0) }) else { return nil }
    let reference = order[..<15_000].map { values[$0] }
    let pool = order[15_000...].prefix(count).map { values[$0] }
    guard let plant = plant(words.dropLast().joined(separator: "_")) else { return nil }
    return (reference, zip(pool, uniform).map(plant))
  }

  private func plant(_ name: String) -> ((Double, Double) -> Double)? {
    switch name {
    case "null": { value, _ in value }
    case "scale10pct": { value, _ in value * 1.1 }
    case "missing20_mcar": { value, draw in draw < 0.2 ? .nan : value }
    case "cat_swap_all": { value, _ in value == 1 ? 2 : value == 2 ? 1 : value }
    case "new_category_1pct": { value, draw in draw < 0.01 ? 9 : value }
    case "new_category_5pct": { value, draw in draw < 0.05 ? 9 : value }
    default: nil
    }
  }
}
