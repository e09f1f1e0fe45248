import ArgumentParser
import Tables

/// The client's history: its tables and what sorting them may cost.
struct HistoryOptions: ParsableArguments {
  @Option(help: "The folder of the history tables, for a pipeline that declares some.")
  var history: String?

  @Option(help: "MiB of memory for sorting each history table; what is more goes to temporary files.")
  var historyMemory = 64

  func validate() throws {
    guard (1...1 << 20).contains(historyMemory) else {
      throw ValidationError("--history-memory: give 1 MiB or more")
    }
  }

  /// The folder, if one is given; that it is being sorted is shown.
  var folder: HistoryFolder? {
    history.map { path in
      let bar = ProgressBar("sorting history")
      return HistoryFolder(path, memoryBudget: historyMemory << 20) { share, words in
        if share < 1 { bar.show(share, words) } else { bar.finish() }
      }
    }
  }
}
