import Foundation

/// Reads small files whole.
enum BoundedFile {
  /// Reads a file.
  ///
  /// - Parameters:
  ///   - path: Its path.
  ///   - maximumBytes: The longest that is read.
  /// - Returns: Its bytes.
  /// - Throws: ``SettingsError`` when it cannot be read or is longer.
  static func read(_ path: String, maximumBytes: Int) throws(SettingsError) -> [UInt8] {
    let bytes: Data?
    do {
      let handle = try FileHandle(forReadingFrom: URL(filePath: path))
      defer { try? handle.close() }
      // One byte more than allowed tells that there is more, whatever the file system says of its size.
      bytes = try handle.read(upToCount: maximumBytes + 1)
    } catch {
      throw problem(.unreadable, path, "cannot be read; check the path and its permissions")
    }
    guard let bytes, bytes.count <= maximumBytes else {
      guard bytes != nil else { return [] }
      throw problem(.tooLarge, path, "more than \(maximumBytes) bytes")
    }
    return Array(bytes)
  }

  private static func problem(_ code: SettingsProblem.Code, _ path: String, _ message: String)
    -> SettingsError
  {
    SettingsError([SettingsProblem(code, at: .file(path, line: 1, column: 1), message)])
  }
}
