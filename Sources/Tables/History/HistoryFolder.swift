import CreditEvents
import Glibc

/// A folder with a file for each history table: `NAME.csv` or `NAME.csv.gz`.
public struct HistoryFolder: Sendable {
  /// The folder's path.
  public let path: String
  /// How many bytes of rows are held in memory while they are sorted.
  public var memoryBudget: Int
  /// Receives the share of the files that is read and sorted, rising to 1 at the end, and what is being sorted.
  public var progress: @Sendable (_ share: Double, _ words: String) -> Void

  /// Names a folder.
  ///
  /// - Parameters:
  ///   - path: The folder's path.
  ///   - memoryBudget: How many bytes of rows are held in memory while they are sorted, 64 MiB by default; what is
  ///     more goes to temporary files.
  ///   - progress: Receives the share of the files that is read and sorted, rising to 1 at the end, and what is
  ///     being sorted.
  public init(
    _ path: String,
    memoryBudget: Int = 64 << 20,
    progress: @escaping @Sendable (_ share: Double, _ words: String) -> Void = { _, _ in }
  ) {
    self.path = path
    self.memoryBudget = memoryBudget
    self.progress = progress
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
