import CreditEvents
import Glibc

/// A folder with a file for each history table: `NAME.csv` or `NAME.csv.gz`.
public struct HistoryFolder: Sendable, Equatable {
  /// The folder's path.
  public let path: String
  /// How many bytes of rows are held in memory while they are sorted.
  public var memoryBudget: Int

  /// Names a folder.
  ///
  /// - Parameters:
  ///   - path: The folder's path.
  ///   - memoryBudget: How many bytes of rows are held in memory while they are sorted, 64 MiB by default; what is
  ///     more goes to temporary files.
  public init(_ path: String, memoryBudget: Int = 64 << 20) {
    self.path = path
    self.memoryBudget = memoryBudget
  }

  /// The file of a table.
  ///
  /// - Parameter table: The table.
  /// - Returns: Its path.
  /// - Throws: ``TableError`` `cannotOpen` when there is none, or two.
  func file(of table: HistoryTable) throws(TableError) -> String {
    let candidates = ["\(path)/\(table.name).csv", "\(path)/\(table.name).csv.gz"]
    let found = candidates.filter { access($0, F_OK) == 0 }
    guard let file = found.first else {
      throw TableError(
        .cannotOpen,
        file: path,
        "there is no \(table.name).csv or \(table.name).csv.gz, which the pipeline declares under history"
      )
    }
    guard found.count == 1 else {
      throw TableError(
        .cannotOpen,
        file: path,
        "there are both \(table.name).csv and \(table.name).csv.gz; keep one of them"
      )
    }
    return file
  }
}
