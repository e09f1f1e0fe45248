private import CXGBoost

extension Booster {
  /// The file formats of XGBoost models.
  public enum ModelFormat: String, Sendable, CaseIterable {
    /// Text; larger, readable by people.
    case json
    /// Universal Binary JSON; smaller and faster.
    case ubj
  }

  /// Writes the model in XGBoost's own format.
  ///
  /// - Parameter format: The file format.
  /// - Returns: The bytes of the file.
  /// - Throws: ``XGBoostError`` when the booster has not been configured by a round or a prediction.
  public func encoded(as format: ModelFormat) throws(XGBoostError) -> [UInt8] {
    var count: bst_ulong = 0
    var bytes: UnsafePointer<CChar>?
    let config = "{\"format\": \"\(format.rawValue)\"}"
    try check(
      unsafe XGBoosterSaveModelToBuffer(handle, config, &count, &bytes),
      "XGBoosterSaveModelToBuffer"
    )
    return unsafe Array(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
  }

  /// Copies some of the rounds, for example those up to the best one after early stopping.
  ///
  /// - Parameter rounds: The rounds, counted from 0; not empty.
  /// - Returns: A booster of its own.
  /// - Throws: ``XGBoostError`` when the booster has not so many rounds.
  public func sliced(rounds: Range<Int>) throws(XGBoostError) -> Booster {
    guard !rounds.isEmpty, let begin = CInt(exactly: rounds.lowerBound),
      let end = CInt(exactly: rounds.upperBound), begin >= 0
    else { throw XGBoostError(.invalidParameter, "\(rounds) are no rounds; give at least one, from 0") }
    // Asked for more, the library (1.7) says so but leaks the copy that it had begun.
    let count = try roundCount()
    guard rounds.upperBound <= count else {
      throw XGBoostError(.invalidParameter, "\(rounds) are not all there; the booster has \(count) rounds")
    }
    var slice: BoosterHandle?
    try check(unsafe XGBoosterSlice(handle, begin, end, 1, &slice), "XGBoosterSlice")
    guard let slice = unsafe slice else {
      throw XGBoostError(.unexpectedAnswer, "XGBoosterSlice gave no booster")
    }
    return unsafe Booster(owning: slice)
  }

  /// Sets or removes a text that is saved with the model, for example "best_iteration".
  ///
  /// - Parameters:
  ///   - name: The attribute's name.
  ///   - value: Its text; `nil` removes it.
  /// - Throws: ``XGBoostError`` when the library refuses.
  public func setAttribute(_ name: String, to value: String?) throws(XGBoostError) {
    let status =
      if let value { unsafe XGBoosterSetAttr(handle, name, value) } else {
        unsafe XGBoosterSetAttr(handle, name, nil)
      }
    try check(status, "XGBoosterSetAttr")
  }

  /// Reads a text that is saved with the model.
  ///
  /// - Parameter name: The attribute's name.
  /// - Returns: Its text, or `nil` when there is none.
  /// - Throws: ``XGBoostError`` when the library refuses.
  public func attribute(_ name: String) throws(XGBoostError) -> String? {
    var text: UnsafePointer<CChar>?
    var found: CInt = 0
    try check(unsafe XGBoosterGetAttr(handle, name, &text, &found), "XGBoosterGetAttr")
    return unsafe found == 0 ? nil : text.map { unsafe String(cString: $0) }
  }
}
