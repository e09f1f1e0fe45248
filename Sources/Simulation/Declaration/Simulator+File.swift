public import Settings

extension Simulator {
  /// Reads a declaration from its file and prepares to draw from it.
  ///
  /// - Parameters:
  ///   - file: A file as under `Config/simulations`.
  ///   - seed: Chooses one of its 2^64 samples.
  ///   - startMilliseconds: When the applications begin to arrive, in milliseconds since 1970-01-01 UTC; the
  ///     declaration says it by default.
  /// - Throws: `SettingsError` with file, line and column of every fault.
  public init(file: YAMLFile, seed: UInt64, startMilliseconds: Int64? = nil) throws(SettingsError) {
    let declaration = try file.decode(SimulationDeclaration.self)
    do throws(SimulationError) {
      try self.init(declaration, seed: seed, startMilliseconds: startMilliseconds)
    } catch {
      throw SettingsError(error.problems.map { file.problem(at: $0.path, $0.message) })
    }
  }
}
