/// A LightGBM text model cut into its blocks, which empty lines part.
struct LightGBMBlocks {
  /// One tree's block.
  struct TreeBlock {
    /// Its first line.
    let title: Substring
    /// The other ones.
    let lines: [Substring]
    /// Its size as the header's tree_sizes count it.
    let byteCount: Int
  }

  /// The lines after "tree".
  private(set) var header: [Substring] = []
  /// The trees, in the file's order.
  private(set) var trees: [TreeBlock] = []

  private static let end = "end of trees"
  /// What LightGBM writes below the trees; none of it has a part in predictions.
  private static let sections: Set<Substring> = ["feature_importances:", "parameters:"]

  /// Cuts a file.
  ///
  /// - Parameter text: The whole file.
  /// - Throws: ``ModelFormatError`` when it is not one, or not complete.
  init(_ text: String) throws(ModelFormatError) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first == "tree" else {
      throw ModelFormatError(.malformed, "not readable as a LightGBM model: its first line is not “tree”")
    }
    guard let end = lines.firstIndex(of: Substring(Self.end)) else {
      throw ModelFormatError(.malformed, "not readable as a LightGBM model: “\(Self.end)” is missing")
    }
    let parts = lines[1..<end].split(separator: "", omittingEmptySubsequences: true)
    header = Array(parts.first ?? [])
    for part in parts.dropFirst() {
      // Before the next tree stand two empty lines, which belong to this one's size.
      let byteCount = part.reduce(2) { $0 + $1.utf8.count + 1 }
      let title = part.first ?? ""
      trees.append(TreeBlock(title: title, lines: Array(part.dropFirst()), byteCount: byteCount))
    }
    try check(lines[(end + 1)...])
  }

  private func check(_ rest: ArraySlice<Substring>) throws(ModelFormatError) {
    for section in rest.split(separator: "", omittingEmptySubsequences: true) {
      guard let title = section.first,
        Self.sections.contains(title) || title == "end of parameters"
          || title.hasPrefix("pandas_categorical:")
      else {
        throw ModelFormatError(.malformed, "“\(section.first?.prefix(64) ?? "")” follows after the trees")
      }
    }
  }
}
