import Foundation
import TestSupport

/// A small made-up loan book: a pipeline file and tables that follow it.
struct LoanBook {
  static let pipeline = """
    pipeline: loan-book
    version: 1
    id: ID
    target: {field: BAD}
    fields:
      INCOME: {kind: number, range: [0, 100000], label: {en: Income, fr: Revenu}}
      AMOUNT: {kind: number, label: {en: Amount, fr: Montant}}
      PURPOSE: {kind: category, label: {en: Purpose, fr: Objet}}
      OWNER: {kind: flag, labels: [N, Y], label: {en: Home ownership, fr: Propriété}}
      SEX: {kind: category, protected: true}
    derived:
      BURDEN: {expression: "AMOUNT / INCOME", label: {en: Burden, fr: Charge}}
    training: {folds: 3, repeats: 1, maximum_rounds: 60, max_depth: 3, learning_rate: 0.2}
    policy:
      refer_band: [0.8, 1.2]
      knock_outs:
        - {code: TOO_MUCH, when: "AMOUNT > 30000", texts: {en: Too much, fr: Trop}}
    """

  /// A table as CSV text.
  static func table(rows: Int, seed: UInt64, withTarget: Bool) -> String {
    var random = SplitMix64(seed: seed)
    var lines = ["ID,INCOME,AMOUNT,PURPOSE,OWNER,SEX" + (withTarget ? ",BAD" : "")]
    for row in 0..<rows {
      let income = Double(Int.random(in: 1_000..<90_000, using: &random)) / 3
      let amount = Double(Int.random(in: 500..<42_000, using: &random)) / 7 * 6
      let purpose = ["car", "house", "\"other, or none\"", ""].randomElement(using: &random) ?? ""
      let risk = min(0.9, 0.05 + 0.1 * amount / income + (purpose == "car" ? 0.1 : 0))
      let isBad = Double.random(in: 0..<1, using: &random) < risk
      var cells = [
        "A\(row)", row % 17 == 0 ? "" : "\(income)", "\(amount)", purpose, row % 3 == 0 ? "Y" : "N", "F",
      ]
      if withTarget { cells.append(isBad ? "1" : "0") }
      lines.append(cells.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Writes pipeline, training and new table into a folder.
  static func write(to folder: String) throws {
    try Data(pipeline.utf8).write(to: URL(filePath: folder + "/pipeline.yaml"))
    try Data(table(rows: 900, seed: 1, withTarget: true).utf8).write(to: URL(filePath: folder + "/train.csv"))
    try Data(table(rows: 300, seed: 2, withTarget: false).utf8).write(to: URL(filePath: folder + "/new.csv"))
  }
}
