import Foundation
import TestSupport

/// The Taiwan credit card data (UCI 350) by column, without its id; nil with a printed line when it is not there.
struct TaiwanLoans {
  static let numeric = [
    "LIMIT_BAL", "AGE", "BILL_AMT1", "BILL_AMT2", "BILL_AMT3", "BILL_AMT4", "BILL_AMT5", "BILL_AMT6",
    "PAY_AMT1",
    "PAY_AMT2", "PAY_AMT3", "PAY_AMT4", "PAY_AMT5", "PAY_AMT6",
  ]
  static let categorical = [
    "SEX", "EDUCATION", "MARRIAGE", "PAY_0", "PAY_2", "PAY_3", "PAY_4", "PAY_5", "PAY_6", "DEFAULT",
  ]

  /// Values by column; categories as the numbers of the file.
  var columns: [String: [Double]] = [:]
  let rowCount: Int

  init?(test: String = #function) throws {
    let file = "taiwan-default/default_of_credit_card_clients.csv"
    guard let path = Checkout.realData(file, test: test) else { return nil }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var lines = text.split(whereSeparator: \.isNewline).makeIterator()
    // Above the names the file numbers its columns; that line begins with a comma.
    let first = lines.next() ?? ""
    let header = (first.hasPrefix(",") ? lines.next() ?? "" : first)
      .split(separator: ",", omittingEmptySubsequences: false)
    let names = header.map { name in
      let plain = name.trimmingCharacters(in: CharacterSet(charactersIn: "\"\u{feff} "))
      return plain.lowercased().hasPrefix("default") ? "DEFAULT" : plain
    }
    var values = names.map { _ in [Double]() }
    while let line = lines.next() {
      for (column, cell) in line.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
        values[column].append(Double(cell.trimmingCharacters(in: CharacterSet(charactersIn: "\" "))) ?? .nan)
      }
    }
    rowCount = values.first?.count ?? 0
    columns = Dictionary(uniqueKeysWithValues: zip(names, values))
  }
}
