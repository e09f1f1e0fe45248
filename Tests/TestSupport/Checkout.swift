public import Foundation

/// Where the checkout under test and the real data beside it lie.
public enum Checkout {
  /// The folder that holds Package.swift.
  public static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Path of a file or folder of the checkout, for example `Config/pipelines`.
  public static func path(_ relative: String) -> String {
    root.appending(path: relative).path()
  }

  /// Path of a file of the real data (not part of the project), or nil with a printed line when it is not there.
  ///
  /// Looked for in `CREDITSTREAM_DATA`, else in `../shared/data` beside the checkout.
  public static func realData(_ relative: String, test: String = #function) -> String? {
    let folder =
      ProcessInfo.processInfo.environment["CREDITSTREAM_DATA"].map { URL(filePath: $0) }
      ?? root.deletingLastPathComponent().appending(path: "shared/data")
    let path = folder.appending(path: relative).path()
    guard FileManager.default.fileExists(atPath: path) else {
      print("skipped \(test): no real data at \(relative); set CREDITSTREAM_DATA to the folder that holds it")
      return nil
    }
    return path
  }
}
