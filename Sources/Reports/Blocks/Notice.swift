/// A finding that the reader must not miss.
public struct Notice: Sendable {
  /// How grave it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// Something must be done before going on.
    case alarm
    /// Something to know.
    case note
    /// All is well.
    case good
  }

  private let kind: Kind
  private let title: String
  private let lines: [String]

  /// Creates a notice.
  ///
  /// - Parameters:
  ///   - kind: How grave it is.
  ///   - title: The finding in a few words.
  ///   - lines: The evidence and what to do, a paragraph each.
  public init(_ kind: Kind, _ title: String, _ lines: [String]) {
    self.kind = kind
    self.title = title
    self.lines = lines
  }

  /// Writes the notice.
  ///
  /// - Parameter html: Receives it.
  public func write(into html: inout HTMLWriter) {
    html.element("div", [.class("card \(kind.rawValue)")]) { html in
      html.element("h3", [], title)
      for line in lines { html.element("p", [], line) }
    }
  }
}
